import * as tf from "@tensorflow/tfjs";
import type { Embeddings } from "../../numeric/embeddings.ts";
import { directionGradient, directionsOf } from "./directions.ts";
import { gramDistances, pullBack } from "./gram.ts";
import type { Metric } from "./metric.ts";
import { squaredDistance } from "./squared_distance.ts";

/** The distances of all pairs of embeddings, and the way back from them. */
export interface Pairwise {
  /** `[count, count]` */
  distances: Float32Array;
  /**
   * The gradient in the embeddings, `[count, size]`, of what has one in the
   * distances.
   *
   * @param slopes The derivative in each distance, `[count, count]`.
   * @param factor What the gradient is multiplied by.
   */
  gradient(slopes: Float32Array, factor: number): Float32Array;
}

/**
 * Measures all pairs of embeddings by a metric. On the 'wasm' backend the work is
 * done by matrix products, which are many times faster; on any other by loops, so
 * that nothing waits for a backend.
 */
export function pairwise(metric: Metric, embeddings: Embeddings): Pairwise {
  const squared = tf.getBackend() === "wasm" ? byProducts : byLoops;
  if (metric === "squared") return squared(embeddings);
  const ofDirections = squared(directionsOf(embeddings));
  return {
    // Half the squared distance of directions, and not above 2 by rounding.
    distances: ofDirections.distances.map((d) => Math.min(d / 2, 2)),
    gradient: (slopes, factor) =>
      directionGradient(ofDirections.gradient(slopes, factor / 2), embeddings),
  };
}

/** The squared distances by matrix products. */
export function byProducts(embeddings: Embeddings): Pairwise {
  const { count, size } = embeddings;
  const moved = movedToFirst(embeddings);
  const points = () => tf.tensor2d(moved, [count, size]);
  return {
    distances: readAndDispose(tf.tidy(() => gramDistances(points()))),
    gradient: (slopes, factor) =>
      readAndDispose(tf.tidy(() => {
        const upstream = tf.tensor2d(slopes, [count, count]);
        return pullBack(upstream, points(), factor);
      })),
  };
}

/** Points from the first one on, as products cancel where points are close. */
function movedToFirst({ values, size }: Embeddings): Float32Array {
  const moved = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += size) {
    for (let k = 0; k < size; k++) {
      moved[start + k] = values[start + k]! - values[k]!;
    }
  }
  return moved;
}

function readAndDispose(tensor: tf.Tensor): Float32Array {
  try {
    return tensor.dataSync<"float32">();
  } finally {
    tensor.dispose();
  }
}

/** The squared distances by loops: the reference. */
export function byLoops(points: Embeddings): Pairwise {
  const { values, count, size } = points;
  const distances = new Float32Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      const distance = squaredDistance(points, i, points, j);
      distances[i * count + j] = distances[j * count + i] = distance;
    }
  }
  return {
    distances,
    gradient(slopes, factor) {
      const gradient = new Float64Array(count * size);
      for (let i = 0; i < count; i++) {
        for (let j = 0; j < i; j++) {
          const slope = slopes[i * count + j]! + slopes[j * count + i]!;
          if (slope === 0) continue;
          for (let k = 0; k < size; k++) {
            const [from, to] = [i * size + k, j * size + k];
            const part = 2 * slope * factor * (values[from]! - values[to]!);
            gradient[from]! += part;
            gradient[to]! -= part;
          }
        }
      }
      return Float32Array.from(gradient);
    },
  };
}

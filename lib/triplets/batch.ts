import type * as tf from "@tensorflow/tfjs";
import { distancesBy, type Metric } from "./metric.ts";

/** Distances and labels of one batch on the JavaScript side, checked. */
export interface Batch {
  /** How many images the batch has. */
  count: number;
  /** The distance of a and b at `(a - first) * count + b`, all finite. */
  distances: Float32Array;
  /** The class of each image. */
  labels: Int32Array;
  /** The first image whose distances are there; default 0. */
  first?: number;
}

/**
 * What a batch's distances may come as: a `[n, n]` tensor, which is read back
 * (on WebGPU pass `await distances.data()`), its values in rows, or the
 * embeddings `[n, size]` that they are to be computed of. Tensors stay the
 * caller's.
 */
export type BatchDistances =
  | tf.Tensor2D
  | Float32Array
  | { embeddings: tf.Tensor2D };

/**
 * Reads and checks a batch's distances and labels.
 *
 * @param task What is being done, for the message of an error.
 * @throws {RangeError} If distances are not `[n, n]` or not finite, or labels
 * are not n whole numbers.
 */
export function readBatch(
  task: string,
  source: BatchDistances,
  labels: ArrayLike<number>,
  metric?: Metric,
): Batch {
  const count = labels.length;
  const distances = readDistances(task, source, count, metric);
  if (!allFinite(distances)) {
    const odd = distances.findIndex((value) => !Number.isFinite(value));
    throw new RangeError(
      `Cannot ${task}: expected finite distances, got ${
        distances[odd]
      } between ${Math.floor(odd / count)} and ${odd % count}`,
    );
  }
  return { count, distances, labels: readLabels(task, labels) };
}

function readDistances(
  task: string,
  source: BatchDistances,
  count: number,
  metric?: Metric,
): Float32Array {
  if (source instanceof Float32Array) {
    if (source.length === count * count) return source;
    throw new RangeError(
      `Cannot ${task}: expected ${count} × ${count} distances for ${count} labels, got ${source.length}`,
    );
  }
  if ("embeddings" in source) {
    const distances = distancesBy(metric, source.embeddings);
    try {
      return readDistances(task, distances, count);
    } finally {
      distances.dispose();
    }
  }
  const { shape } = source;
  if (shape.length !== 2 || shape.some((size) => size !== count)) {
    throw new RangeError(
      `Cannot ${task}: expected distances [${count}, ${count}] for ${count} labels, got [${shape}]`,
    );
  }
  return source.dataSync<"float32">();
}

/** Whether no value is NaN or infinite. */
export function allFinite(values: Float32Array): boolean {
  // A finite number times 0 is 0. Four sums, as each waits for its last.
  const rest = values.length % 4;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < rest; i++) a += values[i]! * 0;
  for (let i = rest; i < values.length; i += 4) {
    a += values[i]! * 0;
    b += values[i + 1]! * 0;
    c += values[i + 2]! * 0;
    d += values[i + 3]! * 0;
  }
  return a + b + c + d === 0;
}

/**
 * Copies labels.
 *
 * @throws {RangeError} If one is not a whole 32-bit number.
 */
export function readLabels(
  task: string,
  labels: ArrayLike<number>,
): Int32Array {
  const copy = Int32Array.from(labels);
  for (let i = 0; i < copy.length; i++) {
    if (copy[i] !== labels[i]) {
      throw new RangeError(
        `Cannot ${task}: expected whole numbers as labels, got ${
          labels[i]
        } at ${i}`,
      );
    }
  }
  return copy;
}

/**
 * Checks a margin.
 *
 * @throws {RangeError} If it is not a finite number of 0 or more.
 */
export function checkMargin(task: string, margin: number): void {
  if (!(margin >= 0 && margin < Infinity)) {
    throw new RangeError(
      `Cannot ${task}: expected a margin of 0 or more, got ${margin}`,
    );
  }
}

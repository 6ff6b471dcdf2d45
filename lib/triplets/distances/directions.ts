import type { Embeddings } from "../../numeric/embeddings.ts";
import { squaredLength } from "./squared_distance.ts";

/** The least squared length that is divided by, as in tf.math.l2_normalize. */
export const LEAST = 1e-12;

/** Points scaled to length 1. */
export function directionsOf(points: Embeddings): Embeddings {
  const { values, count, size } = points;
  const scaled = new Float32Array(values.length);
  for (let row = 0; row < count; row++) {
    const length = Math.sqrt(Math.max(squaredLength(points, row), LEAST));
    for (let i = row * size; i < (row + 1) * size; i++) {
      scaled[i] = values[i]! / length;
    }
  }
  return { values: scaled, count, size };
}

/** The derivative in points of what has one in their directions. */
export function directionGradient(
  gradient: Float32Array,
  points: Embeddings,
): Float32Array {
  const { values, count, size } = points;
  const turned = new Float32Array(values.length);
  for (let row = 0; row < count; row++) {
    const squared = squaredLength(points, row);
    let along = 0;
    // A point that is nearly 0 is scaled by a constant.
    if (squared >= LEAST) {
      for (let i = row * size; i < (row + 1) * size; i++) {
        along += gradient[i]! * values[i]!;
      }
    }
    const length = Math.sqrt(Math.max(squared, LEAST));
    for (let i = row * size; i < (row + 1) * size; i++) {
      turned[i] = (gradient[i]! - values[i]! * along / length ** 2) / length;
    }
  }
  return turned;
}

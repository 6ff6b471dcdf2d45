import type * as tf from "@tensorflow/tfjs";
import { checkLabels } from "./checks.ts";

/** The distances of all pairs, divided by what the pair is. */
export interface PairDistances {
  /** Of the pairs of one class. */
  positive: Float32Array;
  /** Of the pairs of two classes. */
  negative: Float32Array;
}

/**
 * Divides the distances of all pairs into those of one class and those of two,
 * each pair once: what a histogram of distances shows.
 *
 * @param distances `[n, n]`, such as `squaredDistances` gives; stays the
 * caller's.
 * @param labels `[n]`
 * @throws {RangeError} If the distances are not those of the labelled items.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const distances = tf.tensor2d([[0, 1, 4], [1, 0, 2], [4, 2, 0]]);
 * const { positive, negative } = pairDistances(distances, [7, 7, 9]);
 * assert.deepEqual([[...positive], [...negative]], [[1], [4, 2]]);
 * ```
 */
export function pairDistances(
  distances: tf.Tensor2D,
  labels: ArrayLike<number>,
): PairDistances {
  const action = "divide pairs by class";
  const n = labels.length;
  checkLabels(action, labels);
  if (distances.shape.join() !== `${n},${n}`) {
    throw new RangeError(
      `Cannot ${action}: expected distances of shape [${n}, ${n}], got [${
        distances.shape.join(", ")
      }]`,
    );
  }
  const values = distances.dataSync<"float32">();
  const positive: number[] = [];
  const negative: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      (labels[i] === labels[j] ? positive : negative).push(values[i * n + j]!);
    }
  }
  return {
    positive: Float32Array.from(positive),
    negative: Float32Array.from(negative),
  };
}

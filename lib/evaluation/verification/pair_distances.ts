import { checkLabels } from "../../digits/labels.ts";
import {
  type DistanceMatrix,
  readDistanceMatrix,
} from "../embeddings/distance_matrix.ts";
import { dividePairs } from "./divide_pairs.ts";

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
 * @param distances `[n, n]`, such as `squaredDistances` gives; a tensor stays
 * the caller's. What is on the diagonal does not matter.
 * @param labels `[n]`
 * @throws {RangeError} If the distances are not those of the labelled items, or
 * one off the diagonal is negative, not finite, or another than in the opposite
 * direction by more than 10⁻⁵ of the largest.
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
  distances: DistanceMatrix,
  labels: ArrayLike<number>,
): PairDistances {
  const action = "divide pairs by class";
  const { values, count } = readDistanceMatrix(action, distances, 1);
  checkLabels(action, labels, count);
  const { take, ...pairs } = dividePairs(labels);
  for (let i = 0; i < count; i++) {
    take(values.subarray(i * count, (i + 1) * count), i);
  }
  return pairs;
}

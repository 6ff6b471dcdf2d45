import type * as tf from "@tensorflow/tfjs";
import { type Batch, checkMargin, readBatch } from "./batch.ts";
import { ranksAmong } from "./ranks.ts";
import { rowsOf, sortedDistances } from "./rows.ts";

/**
 * How many of a batch's valid triplets are of which kind. Each is counted
 * once: a tie is hard, and the far end of the margin's band is semi-hard.
 */
export interface TripletCounts {
  /** d(a,n) ≤ d(a,p): the negative is as near as the positive, or nearer. */
  hard: number;
  /** d(a,p) < d(a,n) ≤ d(a,p) + margin: farther, but inside the margin. */
  semiHard: number;
  /** d(a,n) > d(a,p) + margin: the loss is already 0. */
  easy: number;
}

/**
 * Counts the hard, semi-hard and easy triplets among all valid ones of a
 * batch, without listing them: O(n² log n) time, O(n) memory. The kinds are
 * those of FaceNet (https://arxiv.org/abs/1503.03832, section 3.2); sums are
 * compared in double precision.
 *
 * @param distances `[n, n]`: a tensor, which is read back and stays the
 * caller's (on WebGPU pass `await distances.data()`), or its values in rows.
 * @param labels The class of each of the n images.
 * @param margin 0 or more, in the unit of the distances.
 * @throws {RangeError} If the sizes differ, a distance is not finite, a label
 * is not whole, or the margin is negative.
 *
 * @example Two images of one class and two strangers
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const line = [0, 2, 3, 9]; // places; the distance is the gap between them
 * const distances = Float32Array.from(
 *   line.flatMap((a) => line.map((b) => Math.abs(a - b))),
 * );
 * assert.deepEqual(countTriplets(distances, [0, 0, 1, 2], 1), {
 *   hard: 1, // anchor 2: the stranger at 3 is nearer than 0
 *   semiHard: 1, // anchor 0: 2 to the positive, 3 to the stranger
 *   easy: 2,
 * });
 * ```
 */
export function countTriplets(
  distances: tf.Tensor2D | Float32Array,
  labels: ArrayLike<number>,
  margin: number,
): TripletCounts {
  const action = "count triplets";
  checkMargin(action, margin);
  return countInBatch(readBatch(action, distances, labels), margin);
}

/** @deprecated Use {@linkcode countTriplets}. */
export const census = countTriplets;

/** @deprecated Use {@linkcode TripletCounts}. */
export type Census = TripletCounts;

/** {@linkcode countTriplets} of a batch that has been checked. */
export function countInBatch(batch: Batch, margin: number): TripletCounts {
  const total: TripletCounts = { hard: 0, semiHard: 0, easy: 0 };
  for (const { distances, positives, negatives } of rowsOf(batch)) {
    const near = new Float64Array(sortedDistances(distances, positives));
    const reach = near.map((distance) => distance + margin);
    const nearer = ranksAmong(near, distances, negatives);
    const beaten = ranksAmong(reach, distances, negatives);
    for (let i = 0; i < negatives.length; i++) {
      total.hard += positives.length - nearer[i]!;
      total.semiHard += nearer[i]! - beaten[i]!;
      total.easy += beaten[i]!;
    }
  }
  return total;
}

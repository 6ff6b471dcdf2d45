import type * as tf from "@tensorflow/tfjs";
import { checkMargin, readBatch } from "./batch.ts";
import { type Census, countTriplets } from "./census.ts";
import { findRule, type MiningRule } from "./rules.ts";
import type { MiningOptions, Triplets } from "./triplets.ts";

/**
 * Chooses triplets from a batch by a rule, as index triples by ascending
 * anchor, positive and negative, and counts all valid ones. Where distances
 * are equal every rule takes the lowest index, so the result is the same each
 * time.
 *
 * | rule | triplets |
 * |---|---|
 * | "batch-all" | all valid ones; refused above 20 million |
 * | "batch-hard" | each anchor with its farthest positive and nearest negative |
 * | "semi-hard" | each (anchor, positive) with the nearest negative that is farther than the positive; the farthest negative where none is (FaceNet, TensorFlow Addons) |
 *
 * A batch of one class, or with no class twice, has no triplets and a census of
 * zeros.
 *
 * @param distances `[n, n]`: a tensor, which is read back and stays the
 * caller's (on WebGPU pass `await distances.data()`), or its values in rows.
 * @param labels The class of each of the n images.
 * @throws {RangeError} If the rule is unknown, the sizes differ, a distance is
 * not finite, a label is not whole, the margin is negative, or there are too
 * many triplets to list.
 *
 * @example Five points on a line, classes 0 0 1 1 1
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { squaredDistances } from "./distances.ts";
 *
 * await tf.setBackend("cpu");
 * const distances = squaredDistances(tf.tensor2d([[0], [2], [3], [4], [7]]));
 * const labels = [0, 0, 1, 1, 1];
 * const mined = mineTriplets("batch-hard", distances, labels, { margin: 5 });
 * assert.deepEqual([...mined.anchors], [0, 1, 2, 3, 4]);
 * assert.deepEqual([...mined.positives], [1, 0, 4, 4, 2]);
 * assert.deepEqual([...mined.negatives], [2, 2, 1, 1, 1]);
 * assert.deepEqual(mined.census, { hard: 6, semiHard: 2, easy: 10 });
 * ```
 */
export function mineTriplets(
  rule: MiningRule,
  distances: tf.Tensor2D | Float32Array,
  labels: ArrayLike<number>,
  options: MiningOptions,
): Triplets & { census: Census } {
  const { list } = findRule(rule);
  checkMargin("mine triplets", options.margin);
  const batch = readBatch("mine triplets", distances, labels);
  return {
    ...list(batch, options),
    census: countTriplets(batch, options.margin),
  };
}

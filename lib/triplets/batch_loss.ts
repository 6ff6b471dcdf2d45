import * as tf from "@tensorflow/tfjs";
import { checkMargin, readLabels } from "./batch.ts";
import { countPairs, readClasses } from "./classes.ts";
import { squaredDistances } from "./distances.ts";
import { piecewiseLinear, zeroLoss } from "./piecewise.ts";
import { findRule, type MiningRule } from "./rules.ts";
import type { LossOptions } from "./triplets.ts";

/**
 * Mines a batch's triplets by a rule and computes their mean loss, all inside
 * the tensor graph: no triplet is listed and nothing is read back, so it runs
 * the same on every backend, in O(n²) memory also for "batch-all". Value and
 * gradient equal those of {@linkcode mineTriplets} followed by
 * {@linkcode tripletLoss}.
 *
 * | rule | the mean is over |
 * |---|---|
 * | "batch-all" | all valid triplets, active or not |
 * | "batch-hard" | the anchors that have a positive and a negative |
 * | "semi-hard" | all (anchor, positive) pairs, as in TensorFlow Addons |
 *
 * A collapsed batch, all embeddings equal, costs the margin under each rule. A
 * batch without a valid triplet costs 0 and has gradient 0.
 *
 * @param embeddings `[n, size]`. The caller disposes it.
 * @param labels The class of each of the n images.
 * @returns A scalar, differentiable in the embeddings, that the caller
 * disposes; NaN if an embedding is NaN.
 * @throws {RangeError} If the rule is unknown, the embeddings are not
 * `[n, size]`, there are not n whole labels, or the margin is negative.
 *
 * @example A collapsed batch costs the margin
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const collapsed = tf.ones<tf.Rank.R2>([4, 2]);
 * const labels = [0, 0, 1, 1];
 * const loss = batchTripletLoss("semi-hard", collapsed, labels, { margin: 0.25 });
 * assert.equal(loss.arraySync(), 0.25);
 * ```
 */
export function batchTripletLoss(
  rule: MiningRule,
  embeddings: tf.Tensor2D,
  labels: ArrayLike<number>,
  { margin }: LossOptions,
): tf.Scalar {
  const task = "compute the batch's triplet loss";
  const { loss } = findRule(rule);
  checkMargin(task, margin);
  const classes = readLabels(task, labels);
  return tf.tidy(() => {
    const distances = squaredDistances(embeddings);
    if (classes.length !== distances.shape[0]) {
      throw new RangeError(
        `Cannot ${task}: expected a label for each of ${
          distances.shape[0]
        } embeddings, got ${classes.length}`,
      );
    }
    return piecewiseLinear(
      distances,
      (distances) =>
        countPairs(classes).triplets === 0
          ? zeroLoss(distances)
          : loss(distances, readClasses(classes), margin),
    );
  });
}

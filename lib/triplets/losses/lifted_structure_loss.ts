import * as tf from "@tensorflow/tfjs";
import { pairLoss, type PairLossOptions, positivePart } from "./pairs.ts";

/** Leaves nothing of an exponential. */
const NOTHING = -1e9;

/**
 * Computes the lifted structured loss (Song et al. 2016,
 * https://arxiv.org/abs/1511.06452, equation 4): each pair of one class
 * against all negatives of both its images at once,
 * ½ max(0, log(Σ exp(margin − d(i,k)) + Σ exp(margin − d(j,l))) + d(i,j))²,
 * and of that the mean over the pairs. A soft form of the hardest negative, in
 * O(n²).
 *
 * No command trains by it. It is what came after the triplet loss, to be compared
 * with it in a training loop of one's own (`optimizer.minimize`).
 *
 * @param embeddings `[n, size]`. The caller disposes it.
 * @param labels The class of each of the n images.
 * @returns A scalar, differentiable in the embeddings, that the caller
 * disposes; 0 for a batch without a triplet, NaN if an embedding is.
 * @throws {RangeError} If the embeddings are not `[n, size]`, there are not n
 * whole labels, or the margin is negative.
 *
 * @example One pair, and one negative at 2 and at 1 from them
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const embeddings = tf.tensor2d([[0], [1], [2]]);
 * const loss = liftedStructureLoss(embeddings, [0, 0, 1], { margin: 1 });
 * const cost = Math.log(Math.exp(1 - 2) + Math.exp(1 - 1)) + 1;
 * assert.ok(Math.abs(loss.arraySync() - cost ** 2 / 2) < 1e-6);
 * ```
 */
export function liftedStructureLoss(
  embeddings: tf.Tensor2D,
  labels: ArrayLike<number>,
  options: PairLossOptions,
): tf.Scalar {
  const action = "compute the lifted structured loss";
  return pairLoss(action, embeddings, labels, options, (pairs, margin) => {
    const { distances, positives, negatives, count, positiveCount } = pairs;
    if (positiveCount === 0 || positiveCount === count) {
      return tf.mul(tf.sum(tf.sum(distances, 1)), 0);
    }
    const n = distances.shape[0];
    const nearness = tf.add(
      tf.mul(tf.sub(margin, distances), negatives),
      tf.mul(tf.sub(1, negatives), NOTHING),
    );
    const own = tf.reshape(tf.logSumExp(nearness, 1), [n, 1]);
    const other = tf.transpose(own);
    // log(eᵃ + eᵇ) from the larger one on, which is half of a + b + |a − b|.
    const gap = tf.abs(tf.sub(own, other));
    const larger = tf.mul(tf.add(tf.add(own, other), gap), 0.5);
    const both = tf.add(larger, tf.log(tf.add(tf.exp(tf.neg(gap)), 1)));
    const costs = tf.square(positivePart(tf.add(both, distances)));
    const sum = tf.sum(tf.sum(tf.mul(costs, positives), 1));
    return tf.div(sum, 2 * positiveCount);
  });
}

import * as tf from "@tensorflow/tfjs";
import { pairLoss, type PairLossOptions, positivePart } from "./pairs.ts";

/**
 * Computes the contrastive loss (Hadsell et al. 2006, "Dimensionality reduction
 * by learning an invariant mapping", equation 4) over all pairs of a batch: the
 * mean of ½ d² for two images of one class and of ½ max(0, margin − d)² for
 * two of different classes. It knows no anchors: each class is to become one
 * point, where a triplet only wants others to be farther.
 *
 * No command trains by it. It is what came before the triplet loss, to be compared
 * with it in a training loop of one's own (`optimizer.minimize`).
 *
 * @param embeddings `[n, size]`. The caller disposes it.
 * @param labels The class of each of the n images.
 * @returns A scalar, differentiable in the embeddings, that the caller
 * disposes; 0 for a single image, NaN if an embedding is. The gradient is 0
 * between negatives that coincide, which have no direction.
 * @throws {RangeError} If the embeddings are not `[n, size]`, there are not n
 * whole labels, or the margin is negative.
 *
 * @example One pair of each kind, and a third that is far enough
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const embeddings = tf.tensor2d([[0], [1], [3]]);
 * const loss = contrastiveLoss(embeddings, [0, 0, 1], { margin: 2.5 });
 * const expected = (1 ** 2 / 2 + 0 + (2.5 - 2) ** 2 / 2) / 3;
 * assert.ok(Math.abs(loss.arraySync() - expected) < 1e-6);
 * ```
 */
export function contrastiveLoss(
  embeddings: tf.Tensor2D,
  labels: ArrayLike<number>,
  options: PairLossOptions,
): tf.Scalar {
  const action = "compute the contrastive loss";
  return pairLoss(action, embeddings, labels, options, (pairs, margin) => {
    const { squared, distances, positives, negatives, count } = pairs;
    const lacking = tf.square(positivePart(tf.sub(margin, distances)));
    const costs = tf.add(
      tf.mul(squared, positives),
      tf.mul(lacking, negatives),
    );
    return tf.div(tf.sum(tf.sum(costs, 1)), 2 * Math.max(1, count));
  });
}

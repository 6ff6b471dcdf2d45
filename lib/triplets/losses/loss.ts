import * as tf from "@tensorflow/tfjs";
import { optionsOf } from "../../numeric/options.ts";
import { checkMargin } from "../batch/batch.ts";
import { checkTriplets } from "../batch/check_triplets.ts";
import { checkEmbeddings } from "../distances/distances.ts";
import { lossOfListed } from "../graph/listed.ts";
import { noLoss, onTape } from "./mean_loss.ts";
import type { TripletLossOptions, Triplets } from "../batch/triplets.ts";
import { checkWeighting } from "./weighting.ts";

/**
 * Computes the mean triplet loss max(0, d²(a,p) − d²(a,n) + margin) over the
 * triplets given (FaceNet, https://arxiv.org/abs/1503.03832, equation 3), with
 * squared Euclidean distances; the options change the distance, the hinge and
 * the mean.
 *
 * It is differentiable in the embeddings, on every backend, and finite also
 * where points coincide. At the kink itself, and for no triplets at all, value
 * and gradient are 0. Memory is O(n² + triplets).
 *
 * @param embeddings `[n, size]`. The caller disposes it.
 * @param triplets Indices into the n embeddings.
 * @param margin 0 or more, in the unit of the distances.
 * @returns A scalar that the caller disposes; NaN if an embedding that a triplet
 * names is NaN.
 * @throws {RangeError} If the metric, penalty or mean is unknown, the embeddings
 * are not `[n, size]`, the triplets' arrays differ in length, an index is outside
 * the batch, or the margin is negative.
 *
 * @example A triplet that violates its margin
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const triplet = {
 *   anchors: Int32Array.of(0),
 *   positives: Int32Array.of(1),
 *   negatives: Int32Array.of(2),
 * };
 * const loss = (x: tf.Tensor) => tripletLoss(x as tf.Tensor2D, triplet, 1);
 * const { value, grad } = tf.valueAndGrad(loss)(tf.tensor2d([[0], [2], [1]]));
 * assert.equal((value as tf.Scalar).arraySync(), 4 - 1 + 1);
 * assert.deepEqual(grad.arraySync(), [[-2], [4], [-2]]);
 * ```
 *
 * @example The soft margin of Hermans et al.
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const triplet = {
 *   anchors: Int32Array.of(0),
 *   positives: Int32Array.of(1),
 *   negatives: Int32Array.of(2),
 * };
 * const loss = tripletLoss(tf.tensor2d([[0], [2], [1]]), triplet, 0, {
 *   penalty: "soft-margin",
 * });
 * assert.ok(Math.abs(loss.arraySync() - Math.log(1 + Math.exp(4 - 1))) < 1e-6);
 * ```
 */
export function tripletLoss(
  embeddings: tf.Tensor2D,
  triplets: Triplets,
  margin: number,
  options: TripletLossOptions = {},
): tf.Scalar {
  const action = "compute the triplet loss";
  checkEmbeddings(action, embeddings);
  checkMargin(action, margin);
  checkWeighting(action, optionsOf(action, options));
  const n = embeddings.shape[0];
  checkTriplets(action, triplets, n);
  const { anchors, positives, negatives } = triplets;
  return onTape(embeddings, options.metric, (distances) => {
    if (anchors.length === 0) return noLoss(distances);
    const pairWith = (others: Int32Array) =>
      tf.tensor1d(others.map((other, i) => anchors[i]! * n + other), "int32");
    return lossOfListed(distances, {
      positives: pairWith(positives),
      negatives: pairWith(negatives),
      weights: tf.ones([anchors.length]),
    }, { ...options, margin });
  });
}

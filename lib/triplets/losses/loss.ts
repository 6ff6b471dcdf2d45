import type * as tf from "@tensorflow/tfjs";
import { checkShape } from "../../numeric/shape.ts";
import { optionsOf } from "../../numeric/options.ts";
import { isOnGpu } from "../../backends/engine/host_values.ts";
import { checkTriplets } from "../batch/check_triplets.ts";
import type { Triplets } from "../batch/triplets.ts";
import { differentiable } from "./differentiable.ts";
import { resolveWeighting, type TripletLossOptions } from "./options.ts";
import { lossOnGpu } from "./loss_on_gpu.ts";
import { createTripletSums, lossOfNaN } from "./triplet_sums.ts";

/**
 * Computes the mean triplet loss max(0, d²(a,p) − d²(a,n) + margin) over the
 * triplets given (FaceNet, https://arxiv.org/abs/1503.03832, equation 3), with
 * squared Euclidean distances; the options change the distance, the loss
 * function and the mean.
 *
 * It is differentiable in the embeddings, on every backend, and finite also
 * where points coincide. At the kink itself, and for no triplets at all, value
 * and gradient are 0. Memory is O(n² + triplets).
 *
 * @param embeddings `[n, size]`. The caller disposes it.
 * @param triplets Indices into the n embeddings.
 * @param margin 0 or more, in the unit of the distances.
 * @returns A scalar that the caller disposes; NaN, as is the gradient, if an
 * embedding is not finite.
 * @throws {RangeError} If the metric, loss function or mean is unknown, the embeddings
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
 *   lossFunction: "soft-margin",
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
  checkShape(action, "embeddings", embeddings, ["n", "size"]);
  const weighting = resolveWeighting(
    action,
    margin,
    optionsOf(action, options),
  );
  checkTriplets(action, triplets, embeddings.shape[0]);
  if (isOnGpu(embeddings)) return lossOnGpu(embeddings, triplets, weighting);
  const { anchors, positives, negatives } = triplets;
  return differentiable(embeddings, (points) => {
    const sums = createTripletSums(points, weighting);
    if (!sums) return lossOfNaN(points);
    for (let i = 0; i < anchors.length; i++) {
      sums.take(anchors[i]!, positives[i]!, negatives[i]!);
    }
    return sums.mean();
  });
}

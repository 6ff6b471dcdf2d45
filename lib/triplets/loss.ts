import * as tf from "@tensorflow/tfjs";
import { checkMargin } from "./batch.ts";
import { squaredDistances } from "./distances.ts";
import { meanHinge, piecewiseLinear, zeroLoss } from "./piecewise.ts";
import type { Triplets } from "./triplets.ts";

/**
 * Computes the mean triplet loss max(0, d²(a,p) − d²(a,n) + margin) over the
 * triplets given (FaceNet, https://arxiv.org/abs/1503.03832, equation 3), with
 * squared Euclidean distances.
 *
 * It is differentiable in the embeddings, on every backend, and finite also
 * where points coincide. At the kink itself, and for no triplets at all, value
 * and gradient are 0. Memory is O(n² + triplets).
 *
 * @param embeddings `[n, size]`. The caller disposes it.
 * @param triplets Indices into the n embeddings.
 * @param margin 0 or more, in squared distance.
 * @returns A scalar that the caller disposes; NaN if an embedding that a triplet
 * names is NaN.
 * @throws {RangeError} If the embeddings are not `[n, size]`, the triplets'
 * arrays differ in length, an index is outside the batch, or the margin is
 * negative.
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
 */
export function tripletLoss(
  embeddings: tf.Tensor2D,
  triplets: Triplets,
  margin: number,
): tf.Scalar {
  checkMargin("compute the triplet loss", margin);
  return tf.tidy(() => {
    const distances = squaredDistances(embeddings);
    checkTriplets(triplets, embeddings.shape[0]);
    return piecewiseLinear(distances, (distances) => {
      const { anchors, positives, negatives } = triplets;
      if (anchors.length === 0) return zeroLoss(distances);
      const n = distances.shape[0];
      const pairWith = (others: Int32Array) =>
        tf.tensor1d(others.map((other, i) => anchors[i]! * n + other), "int32");
      return meanHinge(distances, {
        positives: pairWith(positives),
        negatives: pairWith(negatives),
        weights: tf.ones([anchors.length]),
        count: anchors.length,
      }, margin);
    });
  });
}

function checkTriplets(triplets: Triplets, count: number): void {
  const { anchors, positives, negatives } = triplets;
  const lengths = [anchors.length, positives.length, negatives.length];
  if (new Set(lengths).size > 1) {
    throw new RangeError(
      `Cannot compute the triplet loss: expected as many anchors as positives and negatives, got ${
        lengths.join(", ")
      }`,
    );
  }
  for (const indices of [anchors, positives, negatives]) {
    const odd = indices.find((index) => index < 0 || index >= count);
    if (odd !== undefined) {
      throw new RangeError(
        `Cannot compute the triplet loss: expected indices of ${count} embeddings, got ${odd}`,
      );
    }
  }
}

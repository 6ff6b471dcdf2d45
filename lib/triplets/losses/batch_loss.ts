import type * as tf from "@tensorflow/tfjs";
import { checkShape } from "../../numeric/shape.ts";
import type { MinerName } from "../miners/miners.ts";
import { differentiable } from "./differentiable.ts";
import { tripletLossAndGradient } from "./loss_and_gradient.ts";
import type { LossOptions } from "./options.ts";

/**
 * {@linkcode tripletLossAndGradient} as an operation of tfjs, for a loss of one's
 * own and for models that tfjs trains. The embeddings are read once: on a GPU
 * `await` their `data()` before, or train with {@linkcode lossGradients}.
 *
 * @param embeddings `[n, size]`. The caller disposes it.
 * @param labels The class of each of the n images.
 * @returns A scalar, differentiable in the embeddings, that the caller
 * disposes; NaN, as is the gradient, if an embedding is not finite.
 * @throws {RangeError} If the embeddings are not `[n, size]`, or a GPU has
 * to be waited for, and as {@linkcode tripletLossAndGradient}.
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
  miner: MinerName,
  embeddings: tf.Tensor2D,
  labels: ArrayLike<number>,
  options: LossOptions,
): tf.Scalar {
  checkShape("compute the batch's triplet loss", "embeddings", embeddings, [
    "n",
    "size",
  ]);
  return differentiable(
    embeddings,
    (points) => tripletLossAndGradient(miner, points, labels, options),
  );
}

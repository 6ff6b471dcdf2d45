import type * as tf from "@tensorflow/tfjs";
import type { Random } from "../random.ts";
import { batchTripletLoss } from "../triplets/batch_loss.ts";
import { squaredDistances } from "../triplets/distances.ts";
import { tripletLoss } from "../triplets/loss.ts";
import { drawTripletPerPair } from "../triplets/per_pair.ts";
import type { MiningRule } from "../triplets/rules.ts";

/**
 * How training chooses triplets within a batch: by one of the mining rules
 * inside the tensor graph, or "explicit": a list of triplets, each pair with a
 * negative drawn at random, as `drawTripletPerPair` makes it.
 */
export type TrainingRule = MiningRule | "explicit";

/** What {@linkcode ruleLoss} is told. */
export interface RuleLossOptions {
  /** α of the triplet loss. */
  margin: number;
  /** Draws the negatives, for the rules that draw. */
  random?: Random;
}

/**
 * The mean loss of a batch's triplets, chosen by a rule.
 *
 * @param embeddings `[n, size]`; stay the caller's.
 * @param labels The class of each.
 * @returns A scalar, differentiable in the embeddings; the caller disposes it.
 * @throws {RangeError} As `batchTripletLoss` and `drawTripletPerPair`.
 * @throws {TypeError} If the rule draws and there is nothing to draw with.
 *
 * @example The only negative in the band, drawn
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createRandom } from "../random.ts";
 *
 * await tf.setBackend("cpu");
 * const loss = ruleLoss("explicit", tf.tensor2d([[0], [1], [1.5]]), [0, 0, 1], {
 *   margin: 2,
 *   random: createRandom(1),
 * });
 * assert.equal(loss.arraySync(), 1 - 1.5 ** 2 + 2);
 * ```
 */
export function ruleLoss(
  rule: TrainingRule,
  embeddings: tf.Tensor2D,
  labels: ArrayLike<number>,
  { margin, random }: RuleLossOptions,
): tf.Scalar {
  if (rule !== "explicit") {
    return batchTripletLoss(rule, embeddings, labels, { margin, random });
  }
  if (!random) {
    throw new TypeError(
      `Cannot draw explicit triplets: expected a random stream, got none`,
    );
  }
  const distances = squaredDistances(embeddings);
  const triplets = drawTripletPerPair(distances, labels, { margin, random });
  distances.dispose();
  return tripletLoss(embeddings, triplets, margin);
}

import type * as tf from "@tensorflow/tfjs";
import { checkValue } from "../../numeric/domain.ts";
import { checkRandom, type Random } from "../../numeric/random.ts";
import { batchTripletLoss } from "./batch_loss.ts";
import { squaredDistances } from "../distances/distances.ts";
import { tripletLoss } from "./loss.ts";
import { drawTripletPerPair } from "../offline/per_pair.ts";
import {
  drawsAtRandom,
  findRule,
  type MiningRule,
  miningRules,
} from "../miners/rules.ts";

/**
 * How training chooses triplets within a batch: by one of the mining rules
 * inside the tensor graph, or "explicit": a list of triplets, each pair with a
 * negative drawn at random, as `drawTripletPerPair` makes it.
 */
export type TrainingRule = MiningRule | "explicit";

/** The names of all of them. */
export const trainingRules: readonly TrainingRule[] = [
  ...miningRules,
  "explicit",
];

/** What {@linkcode ruleLoss} is told. */
export interface RuleLossOptions {
  /** α of the triplet loss. */
  margin: number;
  /** Draws the negatives, for the rules that draw. */
  random?: Random | undefined;
}

/**
 * Makes sure that a rule can choose triplets and sum their loss, before a batch is
 * embedded for it.
 *
 * @param action What is being done, the opening of an error's message.
 * @param embeddingSize Numbers in an embedding.
 * @throws {RangeError} If there is no such rule, the margin is not a number of 0 or
 * more, the rule draws and there is nothing to draw from, or it needs larger
 * embeddings.
 */
export function checkRule(
  action: string,
  rule: TrainingRule,
  { margin, random }: RuleLossOptions,
  embeddingSize: number,
): void {
  checkValue(action, "rule", rule, { type: "choice", of: trainingRules });
  checkValue(action, "margin", margin, { type: "number", min: 0 });
  const draws = rule === "explicit" || drawsAtRandom(rule);
  if (draws || random !== undefined) checkRandom(action, random);
  if (rule !== "explicit") findRule(rule, { random, embeddingSize });
}

/**
 * The mean loss of a batch's triplets, chosen by a rule.
 *
 * @param embeddings `[n, size]`; stay the caller's.
 * @param labels The class of each.
 * @returns A scalar, differentiable in the embeddings; the caller disposes it.
 * @throws {RangeError} As {@linkcode checkRule}, `batchTripletLoss` and
 * `drawTripletPerPair`.
 *
 * @example The only negative in the band, drawn
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createRandom } from "../../numeric/random.ts";
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
  const action = "compute the loss of a batch";
  checkRule(action, rule, { margin, random }, embeddings.shape[1]);
  if (rule !== "explicit") {
    return batchTripletLoss(rule, embeddings, labels, { margin, random });
  }
  const distances = squaredDistances(embeddings);
  try {
    const drawing = { margin, random: random! };
    const triplets = drawTripletPerPair(distances, labels, drawing);
    return tripletLoss(embeddings, triplets, margin);
  } finally {
    distances.dispose();
  }
}

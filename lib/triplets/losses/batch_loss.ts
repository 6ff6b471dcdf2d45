import * as tf from "@tensorflow/tfjs";
import { optionsOf } from "../../numeric/options.ts";
import { checkMargin, readLabels } from "../batch/batch.ts";
import { countPairs } from "../batch/classes.ts";
import { checkEmbeddings } from "../distances/distances.ts";
import { graphLoss } from "../graph/loss.ts";
import { noLoss, onTape } from "./mean_loss.ts";
import { rowLoss } from "./row_loss.ts";
import { findRule, type MiningRule } from "../miners/rules.ts";
import type { LossOptions } from "../batch/triplets.ts";
import { checkWeighting } from "./weighting.ts";

/** The backends whose tensors JavaScript reads at the cost of a copy. */
const readable = new Set(["cpu", "wasm"]);

/**
 * Mines a batch's triplets by a rule and computes their mean loss, without ever
 * listing one: O(n²) memory also for "batch-all". Value and gradient equal those
 * of {@linkcode mineTriplets} followed by {@linkcode tripletLoss}.
 *
 * On wasm and cpu the distances are read once and gone through in JavaScript,
 * O(n² log n) with the hinge. On any other backend all stays in the tensor graph
 * and nothing is read back; the rules that draw at random cannot do that.
 *
 * | rule | the mean is over |
 * |---|---|
 * | "batch-all" | all valid triplets, active or not |
 * | "batch-hard" and the others of one triplet an anchor | the anchors that have a triplet |
 * | "semi-hard" | all (anchor, positive) pairs, as in TensorFlow Addons |
 * | the others | the triplets of that rule |
 *
 * With `mean: "active"` it is over those of them that cost something. A
 * collapsed batch, all embeddings equal, costs the margin by each rule that
 * finds triplets there: not by those that insist on a negative farther than the
 * positive. A batch without a triplet costs 0 and has gradient 0.
 *
 * @param embeddings `[n, size]`. The caller disposes it.
 * @param labels The class of each of the n images.
 * @returns A scalar, differentiable in the embeddings, that the caller
 * disposes; NaN, as is the gradient, if an embedding is not finite.
 * @throws {RangeError} If the rule, metric, penalty or mean is unknown, the
 * embeddings are not `[n, size]`, there are not n whole labels, the margin is
 * negative, or "distance-weighted" meets a squared distance that unit embeddings
 * cannot have, or
 * the rule lacks `options.random`.
 * @throws {Error} If the rule draws and the backend is neither wasm nor cpu.
 *
 * @example A collapsed batch costs the margin
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
import { optionsOf } from "../../numeric/options.ts";
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
  options: LossOptions,
): tf.Scalar {
  const action = "compute the batch's triplet loss";
  checkEmbeddings(action, embeddings);
  const [count, embeddingSize] = embeddings.shape;
  const settled = { ...optionsOf(action, options), embeddingSize };
  const found = findRule(rule, settled);
  checkMargin(action, options.margin);
  checkWeighting(action, options);
  const classes = readLabels(action, labels, count);
  const evaluate = readable.has(tf.getBackend()) ? rowLoss : graphLoss;
  return onTape(
    embeddings,
    options.metric,
    (distances) =>
      countPairs(classes).triplets === 0
        ? noLoss(distances)
        : evaluate(found, distances, classes, settled),
  );
}

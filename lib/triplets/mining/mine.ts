import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import {
  areEmbeddings,
  type BatchDistances,
  checkMargin,
  readBatch,
} from "../batch/batch.ts";
import { type Census, countTriplets } from "../batch/census.ts";
import { countPairs } from "../batch/classes.ts";
import { checkEmbeddings } from "../distances/distances.ts";
import { createTripletList } from "./list.ts";
import { checkMetric } from "../distances/metric.ts";
import { rowsOf } from "../batch/rows.ts";
import { findRule, type MiningRule } from "../miners/rules.ts";
import type { MiningOptions, Triplets } from "../batch/triplets.ts";

/** More triplets than this are not listed; they would take 240 MB. */
const MOST = 20_000_000;

/**
 * Chooses triplets from a batch by a rule, as index triples by ascending
 * anchor, positive and negative, and counts all valid ones.
 *
 * | rule | triplets |
 * |---|---|
 * | "batch-all" | all valid ones |
 * | "batch-hard" | each anchor with its farthest positive and nearest negative |
 * | "batch-easy-positive" | each anchor with its nearest positive and the nearest negative farther than that; none where no negative is |
 * | "batch-easy-positive-hard-negative" | each anchor with its nearest positive and nearest negative |
 * | "distance-weighted" | each (anchor, positive) with a random negative, drawn so that all distances come up |
 *
 * "Semi-hard" has five meanings in use:
 *
 * | rule | triplets | and where no negative is so far |
 * |---|---|---|
 * | "semi-hard" | each (anchor, positive) with the nearest negative that is farther than the positive (FaceNet, TensorFlow Addons) | the farthest negative |
 * | "semi-hard-pytorch-metric-learning" | all with d(a,p) < d(a,n) ≤ d(a,p) + margin | none |
 * | "semi-hard-tensorflow-similarity" | each anchor with its farthest positive and the nearest negative beyond that | the farthest negative |
 * | "semi-hard-siamese-triplet" | each pair once, the lower index as anchor, with a random negative of d(a,p) < d(a,n) < d(a,p) + margin | none |
 * | "semi-hard-facenet-on-mnist" | each (anchor, positive) with a random negative of d(p,n) > d(a,p), as the original of this library has it | none |
 *
 * The rules with a random negative draw from `options.random` and give the same
 * for the same stream; the others draw nothing, and of equal distances they take
 * the lowest index. A batch of one class, or with no class twice, has no
 * triplets and a census of zeros.
 *
 * @param distances `[n, n]`, a tensor or its values in rows, or
 * `{ embeddings }`, `[n, size]`, to have them computed by `options.metric`.
 * Tensors are read back and stay the caller's (on WebGPU pass
 * `await distances.data()`).
 * @param labels The class of each of the n images.
 * @throws {RangeError} If the rule or metric is unknown, the sizes differ, a
 * distance is not finite, a label is not whole, the margin is negative,
 * "distance-weighted" meets a squared distance that unit embeddings cannot
 * have, there are more than 20 million triplets to list, or the rule lacks
 * `options.random`, or "distance-weighted" the embedding size.
 *
 * @example Five points on a line, classes 0 0 1 1 1
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { squaredDistances } from "../distances/distances.ts";
 *
 * await tf.setBackend("cpu");
 * const distances = squaredDistances(tf.tensor2d([[0], [2], [3], [4], [7]]));
 * const labels = [0, 0, 1, 1, 1];
 * const mined = mineTriplets("batch-hard", distances, labels, { margin: 5 });
 * assert.deepEqual([...mined.anchors], [0, 1, 2, 3, 4]);
 * assert.deepEqual([...mined.positives], [1, 0, 4, 4, 2]);
 * assert.deepEqual([...mined.negatives], [2, 2, 1, 1, 1]);
 * assert.deepEqual(mined.census, { hard: 6, semiHard: 2, easy: 10 });
 * ```
 *
 * @example From embeddings, by a rule that draws
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createRandom } from "../../numeric/random.ts";
 *
 * await tf.setBackend("cpu");
 * const embeddings = tf.tensor2d([[1, 0], [0.8, 0.6], [0.6, 0.8], [0, 1]]);
 * const mined = mineTriplets("distance-weighted", { embeddings }, [0, 0, 1, 1], {
 *   margin: 0.1,
 *   metric: "cosine",
 *   random: createRandom(1),
 * });
 * assert.deepEqual([...mined.anchors], [0, 1, 2, 3]);
 * assert.equal(mined.negatives[0], 2); // the other is farther than 1.4
 * ```
 */
export function mineTriplets(
  rule: MiningRule,
  distances: BatchDistances,
  labels: ArrayLike<number>,
  options: MiningOptions,
): Triplets & { census: Census } {
  const action = "mine triplets";
  const settled = { ...optionsOf(action, options) };
  const { margin, metric } = options;
  if (areEmbeddings(distances)) {
    checkEmbeddings(action, distances.embeddings);
    settled.embeddingSize = distances.embeddings.shape[1];
  }
  const { choose, most } = findRule(rule, settled);
  checkMargin(action, margin);
  checkMetric(action, metric);
  const batch = readBatch(action, distances, labels, metric);
  const census = countTriplets(batch, margin);
  const count = most(countPairs(batch.labels), census);
  if (count > MOST) {
    refuse(
      `list triplets by "${rule}"`,
      `at most ${MOST}`,
      `${count}; batchTripletLoss() needs no list`,
    );
  }
  const list = createTripletList(count);
  for (const row of rowsOf(batch)) choose(row, list.take, settled);
  return { ...list.finish(), census };
}

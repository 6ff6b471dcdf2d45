import { checkPoints, type Embeddings } from "../../numeric/embeddings.ts";
import { optionsOf } from "../../numeric/options.ts";
import { readLabels } from "../batch/batch.ts";
import { rowsOf } from "../batch/rows.ts";
import { findMiner, type MinerName } from "../miners/miners.ts";
import { type LossOptions, resolveWeighting } from "./options.ts";
import {
  createTripletSums,
  type LossAndGradient,
  lossOfNaN,
} from "./triplet_sums.ts";

/**
 * Mines a batch's triplets and computes their mean loss and its gradient by plain
 * numbers, without ever listing a triplet: O(n²) memory also for "batch-all", and
 * O(n² log n) time with the hinge. It is what a training step does between its
 * forward and its backward pass. Value and gradient equal those of
 * {@linkcode mineTriplets} followed by {@linkcode tripletLoss}.
 *
 * | miner | the mean is over |
 * |---|---|
 * | "batch-all" | all valid triplets, active or not |
 * | "batch-hard" and the others of one triplet an anchor | the anchors that have a triplet |
 * | "semi-hard" | all (anchor, positive) pairs, as in TensorFlow Addons |
 * | the others | the triplets of that miner |
 *
 * With `mean: "active"` it is over those of them that cost something. A
 * collapsed batch, all embeddings equal, costs the margin by each miner that
 * finds triplets there: not by those that insist on a negative farther than the
 * positive. A batch without a triplet costs 0 and has gradient 0.
 *
 * @param embeddings At least one; they stay as they are.
 * @param labels The class of each.
 * @returns NaN, as is the gradient, if an embedding is not finite.
 * @throws {RangeError} If the embeddings' values are not count × size, the miner,
 * metric, loss function or mean is unknown, there is not a whole label for each embedding, the margin is negative, the
 * miner lacks `options.random`, or "distance-weighted" meets a squared distance
 * that unit embeddings cannot have.
 *
 * @example The positive comes nearer, and the negative goes away
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const points = { values: Float32Array.of(0, 1, 1.5), count: 3, size: 1 };
 * const { loss, gradient } = tripletLossAndGradient(
 *   "batch-hard",
 *   points,
 *   [0, 0, 1],
 *   { margin: 2 },
 * );
 * assert.equal(loss, ((1 - 1.5 ** 2 + 2) + (1 - 0.5 ** 2 + 2)) / 2);
 * assert.deepEqual([...gradient], [-0.5, 2.5, -2]);
 * ```
 */
export function tripletLossAndGradient(
  miner: MinerName,
  embeddings: Embeddings,
  labels: ArrayLike<number>,
  options: LossOptions,
): LossAndGradient {
  const action = "compute the batch's triplet loss";
  checkPoints(action, embeddings);
  const { count, size } = embeddings;
  const mining = { ...optionsOf(action, options), embeddingSize: size };
  const { choose, sumHinges } = findMiner(action, miner, mining);
  const weighting = resolveWeighting(action, options.margin, options);
  const classes = readLabels(action, labels, count);
  const sums = createTripletSums(embeddings, weighting);
  if (!sums) return lossOfNaN(embeddings);
  const { distances, take, slopes, totals } = sums;
  for (const row of rowsOf({ count, distances, labels: classes })) {
    if (sumHinges && weighting.lossFunction === "hinge") {
      const start = row.image * count;
      const own = slopes.subarray(start, start + count);
      sumHinges(row, weighting.margin, own, totals);
    } else {
      choose(row, take, mining);
    }
  }
  return sums.mean();
}

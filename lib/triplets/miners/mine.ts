import { checkEmbeddings, isPlain } from "../../numeric/embeddings.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import {
  areEmbeddings,
  type BatchDistances,
  checkMargin,
  readBatch,
} from "../batch/batch.ts";
import { countPairs } from "../batch/classes.ts";
import { createTripletList } from "../batch/list.ts";
import { rowsOf } from "../batch/rows.ts";
import { countInBatch, type TripletCounts } from "../batch/triplet_counts.ts";
import type { MiningOptions, Triplets } from "../batch/triplets.ts";
import { checkMetric } from "../distances/metric.ts";
import { findMiner, type MinerName } from "./miners.ts";

/** The triplets of a miner, and how many valid ones the batch has. */
export interface MinedTriplets extends Triplets {
  /** Of all valid triplets, not of the chosen ones alone. */
  counts: TripletCounts;
  /** @deprecated Use `counts`. */
  census: TripletCounts;
}

/** More triplets than this are not listed; they would take 240 MB. */
const MOST = 20_000_000;

/**
 * Chooses triplets from a batch, as index triples by ascending anchor, positive
 * and negative, and counts all valid ones. {@linkcode miners} says which triplets
 * each miner chooses.
 *
 * The miners with a random negative draw from `options.random` and give the same
 * for the same stream; the others draw nothing, and of equal distances they take
 * the lowest index. A batch of one class, or with no class twice, has no
 * triplets and counts of zero.
 *
 * @param distances `[n, n]`, a tensor or its values in rows, or
 * `{ embeddings }`, `[n, size]`, to have them computed by `options.metric`.
 * Tensors are read back and stay the caller's (on WebGPU pass
 * `await distances.data()`).
 * @param labels The class of each of the n images.
 * @throws {RangeError} If the miner or metric is unknown, the sizes differ, a
 * distance is not finite, a label is not whole, the margin is negative,
 * "distance-weighted" meets a squared distance that unit embeddings cannot
 * have, there are more than 20 million triplets to list, or the miner lacks
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
 * assert.deepEqual(mined.counts, { hard: 6, semiHard: 2, easy: 10 });
 * ```
 *
 * @example From embeddings, by a miner that draws
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
  miner: MinerName,
  distances: BatchDistances,
  labels: ArrayLike<number>,
  options: MiningOptions,
): MinedTriplets {
  const action = "mine triplets";
  const resolved = { ...optionsOf(action, options) };
  const { margin, metric } = options;
  if (areEmbeddings(distances)) {
    const { embeddings } = distances;
    checkEmbeddings(action, embeddings);
    resolved.embeddingSize = isPlain(embeddings)
      ? embeddings.size
      : embeddings.shape[1];
  }
  const by = `${action} by ${shown(miner)}`;
  const { choose, most } = findMiner(by, miner, resolved);
  checkMargin(action, margin);
  checkMetric(action, metric);
  const batch = readBatch(action, distances, labels, metric);
  const counts = countInBatch(batch, margin);
  const count = most(countPairs(batch.labels), counts);
  if (count > MOST) {
    refuse(
      `list triplets by "${miner}"`,
      `at most ${MOST}`,
      `${count}; batchTripletLoss() needs no list`,
    );
  }
  const list = createTripletList(count);
  for (const row of rowsOf(batch)) choose(row, list.take, resolved);
  return {
    ...list.finish(),
    counts,
    /** @deprecated As in the type. */
    census: counts,
  };
}

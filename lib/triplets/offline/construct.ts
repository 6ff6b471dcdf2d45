import { checkWhole } from "../../numeric/domain.ts";
import { checkRoom } from "../../numeric/shape.ts";
import {
  type EmbeddingsOrTensor,
  readEmbeddings,
} from "../../numeric/embeddings.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import { checkRandom, type Random, shuffle } from "../../numeric/random.ts";
import { turnOfOthers } from "../../numeric/turn.ts";
import { checkMargin, readLabels } from "../batch/batch.ts";
import { countPairs } from "../batch/classes.ts";
import { createTripletSample, selectTriplets } from "../batch/list.ts";
import { checkMetric, distanceBlocksBy } from "../distances/metric.ts";
import { rowsOf } from "../batch/rows.ts";
import { findMiner, type MinerName } from "../miners/miners.ts";
import type { MiningOptions, Triplets } from "../batch/triplets.ts";

/** More than so many triplets are not gone through, as it would take minutes. */
const MOST = 1e10;

/** `count` bounds the memory; the time is that of all triplets that the miner chooses. */
export interface ConstructionOptions extends MiningOptions {
  /** Draws which triplets are kept, and their order. */
  random: Random;
  /** How many triplets are kept at most. Default 1,000,000. */
  count?: number;
}

/**
 * Lists triplets of very many images ahead of training, as FaceNet (section
 * 3.2) calls "offline": every n steps embed a part of the training images with
 * the network as it is, choose triplets among them all by a miner, and train on
 * these in packs ({@linkcode packTriplets}) until the next time.
 *
 * The miners are those of {@linkcode mineTriplets}, with all images as one batch.
 * Distances are computed 16 MB at a time, so tens of thousands of images fit,
 * and of more triplets than are asked for each has the same chance to be kept.
 * Some people's "offline" takes random triplets, whatever the network has
 * learned: "batch-all" with a count gives them.
 *
 * No command trains so: a batch of MNIST has all digits, and so hard negatives
 * enough. It is for data of very many classes, of which a batch has a few.
 *
 * @param embeddings Of n images, as `embedImages` gives them, or a tensor
 * `[n, size]`, which stays the caller's.
 * @param labels The class of each of the n images.
 * @returns Indices into the n images, in random order.
 * @throws {RangeError} If the miner or metric is unknown, the embeddings are not
 * `[n, size]` or not finite, there are not n whole labels, the margin is
 * negative, the count is not a whole number of 1 or more, "distance-weighted"
 * meets a squared distance that unit embeddings cannot have, or more than 10
 * billion triplets would have to be gone through.
 *
 * @example The hardest triplets of six images
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createRandom } from "../../numeric/random.ts";
 *
 * await tf.setBackend("cpu");
 * const embeddings = tf.tensor2d([[0], [2], [3], [4], [7], [9]]);
 * const triplets = await constructTriplets(
 *   "batch-hard",
 *   embeddings,
 *   [0, 0, 1, 1, 1, 2],
 *   { margin: 0.2, random: createRandom(1), count: 4 },
 * );
 * assert.equal(triplets.anchors.length, 4); // of five
 * ```
 */
export async function constructTriplets(
  miner: MinerName,
  embeddings: EmbeddingsOrTensor,
  labels: ArrayLike<number>,
  options: ConstructionOptions,
): Promise<Triplets> {
  const action = "construct triplets";
  const points = readEmbeddings(embeddings, action);
  const resolved = {
    ...optionsOf(action, options),
    embeddingSize: points.size,
  };
  const { margin, random, metric, count = 1e6 } = options;
  checkRandom(action, random);
  const by = `${action} by ${shown(miner)}`;
  const { choose, most: mostOf } = findMiner(by, miner, resolved);
  checkMargin(action, margin);
  checkMetric(action, metric);
  checkWhole(action, "count", count, 1, Infinity);
  const classes = readLabels(action, labels, points.count);
  const pairs = countPairs(classes);
  const [hard, semiHard, easy] = Array(3).fill(pairs.triplets);
  const bound = mostOf(pairs, { hard, semiHard, easy });
  if (bound > MOST) {
    refuse(
      by,
      `at most ${MOST} to go through`,
      `${bound}`,
    );
  }
  const most = Math.min(count, bound);
  checkRoom(action, "triplets", [most, 3]);
  const sample = createTripletSample(most, random);
  for (const block of distanceBlocksBy(metric, action, points)) {
    const batch = { count: points.count, labels: classes, ...block };
    for (const row of rowsOf(batch)) choose(row, sample.take, resolved);
    await turnOfOthers();
  }
  const triplets = sample.finish();
  const order = Int32Array.from(triplets.anchors.keys());
  return selectTriplets(triplets, shuffle(order, random));
}

import { checkValue } from "../../numeric/domain.ts";
import { checkRandom } from "../../numeric/random.ts";
import type { MiningOptions } from "../batch/triplets.ts";
import { batchAll, semiHardBand } from "./all_triplets.ts";
import { distanceWeighted } from "./distance_weighted.ts";
import type { Miner } from "./miner.ts";
import {
  batchEasyPositive,
  batchEasyPositiveHardNegative,
  batchHard,
  semiHardFarthestPositive,
} from "./one_per_anchor.ts";
import {
  explicit,
  semiHardDrawn,
  semiHardFromPositive,
} from "./random_negative.ts";
import { semiHard } from "./semi_hard.ts";

const table = {
  "batch-all": batchAll,
  "batch-hard": batchHard,
  "batch-easy-positive": batchEasyPositive,
  "batch-easy-positive-hard-negative": batchEasyPositiveHardNegative,
  "distance-weighted": distanceWeighted,
  // "Semi-hard" has five meanings in use.
  "semi-hard": semiHard,
  "semi-hard-pytorch-metric-learning": semiHardBand,
  "semi-hard-tensorflow-similarity": semiHardFarthestPositive,
  "semi-hard-siamese-triplet": semiHardDrawn,
  "semi-hard-facenet-on-mnist": semiHardFromPositive,
  explicit,
} satisfies Record<string, Miner>;

/** The name of a miner, by which triplets are chosen from a batch. */
export type MinerName = keyof typeof table;

/**
 * All ways to choose triplets from a batch, by name: which triplets each takes,
 * where it comes from, and whether it draws at random. A new miner is a file with
 * one and a line in this table.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.match(miners["batch-hard"].source, /Hermans/);
 * assert.ok(!miners["batch-hard"].draws);
 * assert.ok(miners["distance-weighted"].draws);
 * ```
 */
export const miners: Readonly<Record<MinerName, Miner>> = table;

/** The names of all miners. */
export const minerNames = Object.keys(table) as readonly MinerName[];

/** @deprecated Use {@linkcode MinerName}. */
export type MiningRule = MinerName;

/** @deprecated Use {@linkcode minerNames}. */
export const miningRules = minerNames;

/** @deprecated Use {@linkcode MinerName}. */
export type TrainingRule = MinerName;

/**
 * Finds a miner by its name and checks that it has been given what it needs.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If there is none of this name, it lacks `random`, or an
 * embedding size is not a whole number of 1 or more, or of 2 or more where the
 * miner needs one.
 */
export function findMiner(
  action: string,
  name: MinerName,
  { random, embeddingSize }: Omit<MiningOptions, "margin">,
): Miner {
  checkValue(action, "miner", name, { type: "choice", of: minerNames });
  const miner = miners[name];
  if (miner.draws || random !== undefined) checkRandom(action, random);
  if (miner.embeddingSize || embeddingSize !== undefined) {
    const domain = miner.embeddingSize ?? { type: "integer", min: 1 };
    checkValue(action, "embeddingSize", embeddingSize, domain);
  }
  return miner;
}

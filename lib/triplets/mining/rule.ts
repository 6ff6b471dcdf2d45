import type * as tf from "@tensorflow/tfjs";
import type { Census } from "../batch/census.ts";
import type { PairCounts } from "../batch/classes.ts";
import type { Classes } from "../graph/classes.ts";
import type { MeanLoss } from "../losses/mean_loss.ts";
import type { Row } from "../batch/rows.ts";
import type { LossOptions, MiningOptions } from "../batch/triplets.ts";

/** Takes one chosen triplet. */
export type Take = (
  anchor: number,
  positive: number,
  negative: number,
) => void;

/**
 * A way to choose triplets from a batch. A new rule is a file with one and a
 * line in `rules.ts`.
 */
export interface Rule {
  /** Whether it draws at random, and so needs `options.random`. */
  draws?: boolean;
  /** Whether it needs `options.embeddingSize`. */
  needsSize?: boolean;
  /** How many triplets it makes of a batch, or more than that. */
  most(pairs: PairCounts, census: Census): number;
  /**
   * Chooses from one row, knowing no other. The row is that of the anchor
   * unless the rule says otherwise. Of the same anchor, positives ascend, and
   * of the same pair, negatives.
   */
  choose(row: Row, take: Take, options: MiningOptions): void;
  /**
   * For a rule of O(n³) triplets: adds up the hinges of one row's, found
   * without going through them.
   *
   * @param slopes `[n]`, zeros: gets the derivative in the row's distances.
   * @param sums Gets the sum, and how many triplets there are and are active.
   */
  sumHinges?(
    row: Row,
    margin: number,
    slopes: Float32Array,
    sums: Float64Array,
  ): void;
  /**
   * The loss by tensor operations alone, in O(n²) memory, for a backend that
   * one does not want to wait for. Called only for a batch that has a valid
   * triplet; intermediate tensors are tidied by the caller. A rule that draws
   * has none.
   */
  graph?(
    distances: tf.Tensor2D,
    classes: Classes,
    options: LossOptions,
  ): MeanLoss;
}

/** Where sums over triplets have the sum of what they cost, */
export const SUM = 0;
/** how many there are, */
export const COUNT = 1;
/** and how many of them cost something. */
export const ACTIVE = 2;

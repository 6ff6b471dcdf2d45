import type { NumberDomain } from "../../numeric/domain.ts";
import type { Take } from "../batch/list.ts";
import type { PairCounts } from "../batch/classes.ts";
import type { AnchorRow } from "../batch/rows.ts";
import type { TripletCounts } from "../batch/triplet_counts.ts";
import type { MiningOptions } from "../batch/triplets.ts";

/** A way to choose triplets from a batch: one row of the table `miners`. */
export interface Miner {
  /** Which triplets it chooses. */
  description: string;
  /** The paper or the project that it comes from. */
  source: string;
  /** Whether it draws at random, and so needs `options.random`. */
  draws?: true;
  /** The range of `options.embeddingSize`, if it needs that. */
  embeddingSize?: NumberDomain;
  /** How many triplets it makes of a batch, or more than that. */
  most(pairs: PairCounts, counts: TripletCounts): number;
  /**
   * Chooses from one row, knowing no other. The row is that of the anchor
   * unless the miner says otherwise. Of the same anchor, positives ascend, and
   * of the same pair, negatives.
   */
  choose(row: AnchorRow, take: Take, options: MiningOptions): void;
  /**
   * For a miner of O(n³) triplets: adds up the hinges of one row's, found
   * without going through them.
   *
   * @param slopes `[n]`, zeros: gets the derivative in the row's distances.
   * @param sums Gets the sum, and how many triplets there are and are active.
   */
  sumHinges?(
    row: AnchorRow,
    margin: number,
    slopes: Float32Array,
    sums: Float64Array,
  ): void;
}

/** Where sums over triplets have the sum of what they cost, */
export const SUM = 0;
/** how many there are, */
export const COUNT = 1;
/** and how many of them cost something. */
export const ACTIVE = 2;

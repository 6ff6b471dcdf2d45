import type { Random } from "../random.ts";

/**
 * Index triples into a batch: triplet `i` is `anchors[i]`, `positives[i]` (the
 * same class as the anchor, another image) and `negatives[i]` (another class).
 * The three arrays have one length.
 */
export interface Triplets {
  anchors: Int32Array;
  positives: Int32Array;
  negatives: Int32Array;
}

/** What {@linkcode mineTriplets} and the rules behind it are told. */
export interface MiningOptions {
  /** By how much a negative should be farther than the positive; 0 or more, in the unit of the distances. */
  margin: number;
  /** The stream that a rule draws from. A rule that draws nothing needs none. */
  random?: Random;
}

/** What {@linkcode batchTripletLoss} is told. */
export interface LossOptions {
  /** By how much a negative should be farther than the positive; 0 or more, in squared distance. */
  margin: number;
}

import type { Random } from "../../numeric/random.ts";
import type { Metric } from "../distances/metric.ts";

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

/** Only the margin is always needed; a miner that draws needs `random`, too. */
export interface MiningOptions {
  /** By how much a negative should be farther than the positive; 0 or more, in the unit of the distances. */
  margin: number;
  /** The stream that a miner draws from. Only a miner that draws needs one. */
  random?: Random | undefined;
  /** What the distances are, or are to be. Default "squared". */
  metric?: Metric | undefined;
  /** Numbers in an embedding. Only "distance-weighted" asks, and only where it is not given the embeddings. */
  embeddingSize?: number | undefined;
}

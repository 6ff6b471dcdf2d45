import type { Random } from "../../numeric/random.ts";
import type { Metric } from "../distances/metric.ts";
import type { Penalty } from "../losses/penalty.ts";

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
  /** The stream that a rule draws from. Only a rule that draws needs one. */
  random?: Random | undefined;
  /** What the distances are, or are to be. Default "squared". */
  metric?: Metric | undefined;
  /** Numbers in an embedding. Only "distance-weighted" asks, and only where it is not given the embeddings. */
  embeddingSize?: number | undefined;
}

/** How a loss weighs triplets. */
export interface TripletLossOptions {
  /** The unit of the margin, and the distance that the loss is made of. Default "squared". */
  metric?: Metric | undefined;
  /** What a triplet costs. Default "hinge". */
  penalty?: Penalty | undefined;
  /** Over which triplets the mean is: "all" that were chosen, or those "active", which cost something. Default "all". */
  mean?: "all" | "active" | undefined;
}

/** What {@linkcode batchTripletLoss} is told. */
export interface LossOptions extends TripletLossOptions {
  /** By how much a negative should be farther than the positive; 0 or more, in the unit of the distances. */
  margin: number;
  /** The stream that a rule draws from. Only a rule that draws needs one. */
  random?: Random | undefined;
}

import type * as tf from "@tensorflow/tfjs";
import type { Batch } from "./batch.ts";
import type { Classes } from "./classes.ts";
import type { LossAndSlopes } from "./piecewise.ts";
import type { MiningOptions, Triplets } from "./triplets.ts";

/**
 * A way to choose triplets from a batch, in two forms that choose the same:
 * one lists indices in JavaScript, the other stays in the tensor graph. A new
 * rule is a file with these two and a line in `rules.ts`.
 */
export interface Rule {
  /** Lists the triplets by ascending anchor, then positive, then negative. */
  list(batch: Batch, options: MiningOptions): Triplets;
  /**
   * The mean loss of these triplets and its derivative in the distances, from
   * tensor operations alone: O(n²) memory, and nothing is read back. Called
   * only for a batch that has a valid triplet; intermediate tensors are tidied
   * by the caller.
   *
   * @param distances `[n, n]`: none negative, 0 on the diagonal.
   */
  loss(distances: tf.Tensor2D, classes: Classes, margin: number): LossAndSlopes;
}

import * as tf from "@tensorflow/tfjs";
import type { MeanLoss } from "../losses/mean_loss.ts";
import type { Rule } from "../mining/rule.ts";
import type { LossOptions } from "../batch/triplets.ts";
import { readClasses } from "./classes.ts";

/**
 * The mean loss of the triplets that a rule chooses, by tensor operations
 * alone: nothing is read back.
 *
 * @param distances `[n, n]`; stays the caller's.
 * @returns Tensors that the caller disposes; NaN if a distance is not finite.
 * @throws {Error} If the rule draws.
 */
export function graphLoss(
  { graph }: Rule,
  distances: tf.Tensor2D,
  labels: Int32Array,
  options: LossOptions,
): MeanLoss {
  if (!graph) {
    throw new Error(
      `Cannot draw triplets on the ${tf.getBackend()} backend without waiting for it: expected wasm or cpu; ` +
        `or pass what mineTriplets() makes of await distances.data() to tripletLoss()`,
    );
  }
  const { value, slopes, share } = graph(
    distances,
    readClasses(labels),
    options,
  );
  // A rule may pass an odd distance by; it is to be seen all the same.
  const nothing = tf.mul(tf.sum(tf.sum(distances, 1)), 0);
  return {
    value: tf.add(value, nothing),
    slopes,
    share: tf.add(share, nothing),
  };
}

import * as tf from "@tensorflow/tfjs";
import type { MeanLoss } from "../losses/mean_loss.ts";
import { findPenalty } from "../losses/penalty.ts";
import type { Rule } from "../mining/rule.ts";
import type { LossOptions } from "../batch/triplets.ts";
import type { Classes } from "./classes.ts";
import { distancesAt } from "./extremes.ts";
import { meanOf, scatterInto, sumInParts } from "./sums.ts";

/** Triplets inside the graph, as flat indices into the distances. */
export interface GraphTriplets {
  /** `anchor * n + positive`, int32 of any shape. */
  positives: tf.Tensor;
  /** `anchor * n + negative`, of the same shape. */
  negatives: tf.Tensor;
  /** 1 for a triplet, 0 for a filler, of the same shape. */
  weights: tf.Tensor;
}

/** The graph form of a rule that chooses O(n²) triplets. */
export function listed(
  choose: (distances: tf.Tensor2D, classes: Classes) => GraphTriplets,
): NonNullable<Rule["graph"]> {
  return (distances, classes, options) =>
    lossOfListed(distances, choose(distances, classes), options);
}

/** The mean loss of given triplets. */
export function lossOfListed(
  distances: tf.Tensor2D,
  { positives, negatives, weights }: GraphTriplets,
  { margin, penalty, mean }: LossOptions,
): MeanLoss {
  const gap = tf.sub(
    tf.add(distancesAt(distances, positives), margin),
    distancesAt(distances, negatives),
  );
  const costs = findPenalty(penalty).graph(gap);
  const steepness = tf.mul(costs.slopes, weights);
  const slopes = scatterInto(distances.shape, [
    [positives, steepness],
    [negatives, tf.neg(steepness)],
  ]);
  const counted = mean === "active" ? tf.step(steepness) : weights;
  const sum = sumInParts(tf.mul(costs.values, weights));
  return meanOf(sum, sumInParts(counted), slopes);
}

import * as tf from "@tensorflow/tfjs";
import type { MeanLoss } from "../losses/mean_loss.ts";
import { findPenalty } from "../losses/penalty.ts";
import type { LossOptions } from "../batch/triplets.ts";
import type { Classes } from "./classes.ts";
import { distancesAt } from "./extremes.ts";
import { meanOf, scatterInto, sumInParts } from "./sums.ts";

/**
 * The mean loss of all triplets, or of those in the band d(a,p) < d(a,n) ≤
 * d(a,p) + margin. It takes one positive of all anchors after the other, each
 * with all negatives: O(n³) time in all, but O(n²) memory.
 */
export function streamed(
  distances: tf.Tensor2D,
  { positives, paired, negatives }: Classes,
  { margin, penalty, mean }: LossOptions,
  banded: boolean,
): MeanLoss {
  const [n, width] = positives.shape;
  const column = (matrix: tf.Tensor2D, slot: number) =>
    tf.slice(matrix, [0, slot], [n, 1]);
  const toPositives = distancesAt(distances, positives) as tf.Tensor2D;
  const sums: tf.Tensor[] = [];
  const counts: tf.Tensor[] = [];
  const ofPositives: tf.Tensor[] = [];
  let ofNegatives = tf.zerosLike(distances);
  for (let slot = 0; slot < width; slot++) {
    const before = ofNegatives;
    const [sum, count, ofPositive, after] = tf.tidy(() => {
      const near = column(toPositives, slot);
      const reach = tf.add(near, margin);
      const gap = tf.sub(reach, distances);
      let chosen = tf.mul(negatives, column(paired, slot));
      if (banded) {
        const inside = tf.sub(1, tf.step(tf.sub(distances, reach)));
        const beyond = tf.step(tf.sub(distances, near));
        chosen = tf.mul(chosen, tf.mul(inside, beyond));
      }
      const costs = findPenalty(penalty).graph(gap);
      const steepness = tf.mul(costs.slopes, chosen);
      const counted = mean === "active" ? tf.step(steepness) : chosen;
      return [
        tf.sum(tf.mul(costs.values, chosen), 1, true),
        tf.sum(counted, 1, true),
        tf.sum(steepness, 1, true),
        tf.sub(before, steepness),
      ] as const;
    });
    before.dispose();
    sums.push(sum);
    counts.push(count);
    ofPositives.push(ofPositive);
    ofNegatives = after as tf.Tensor2D;
  }
  const slopes = tf.add<tf.Tensor2D>(
    ofNegatives,
    scatterInto([n, n], [[positives, tf.concat(ofPositives, 1)]]),
  );
  const [sum, count] = [sums, counts].map((parts) =>
    sumInParts(tf.concat(parts, 1))
  );
  return meanOf(sum!, count!, slopes);
}

import * as tf from "@tensorflow/tfjs";
import { countPairs } from "../classes.ts";
import { createTripletList } from "../list.ts";
import { scatterInto, sumInParts } from "../piecewise.ts";
import type { Rule } from "../rule.ts";
import { flatIndices, pickColumns, sortRows } from "../rows.ts";

/** More triplets than this are not listed; they would take 240 MB. */
const MOST = 20_000_000;

/**
 * "batch-all": every valid triplet, each anchor with each positive and each
 * negative. Its loss here is the mean over all of them, active or not (Hermans
 * et al. 2017, https://arxiv.org/abs/1703.07737, L_BA).
 */
export const batchAll: Rule = {
  list({ count, labels }) {
    const { triplets } = countPairs(labels);
    if (triplets > MOST) {
      throw new RangeError(
        `Cannot list batch-all triplets: expected at most ${MOST}, got ${triplets}; batchTripletLoss() needs no list`,
      );
    }
    const list = createTripletList(triplets);
    for (let anchor = 0; anchor < count; anchor++) {
      const label = labels[anchor];
      for (let positive = 0; positive < count; positive++) {
        if (positive === anchor || labels[positive] !== label) continue;
        for (let negative = 0; negative < count; negative++) {
          if (labels[negative] !== label) {
            list.add(anchor, positive, negative);
          }
        }
      }
    }
    return list.finish();
  },

  /**
   * The number of triplets is cubic, but a hinge is linear where it is active.
   * So it is enough to know, for each distance, in how many active triplets it
   * takes part, and these counts come from one sort of the positives' reach.
   */
  loss(distances, { positives, paired, negatives, counts }, margin) {
    const [n, width] = positives.shape;
    // How far a negative must be to cost nothing; filler demands nothing.
    const toPositives = tf.gather(tf.reshape(distances, [n * n]), positives);
    const reach = sortRows(tf.sub(
      tf.mul(tf.add(toPositives, margin), paired),
      tf.sub(1, paired),
    ));
    // A negative costs with every positive that is sorted after its own place,
    const place = tf.searchSorted(reach.values, distances, "right");
    const ofNegative = tf.mul(tf.sub(width, place), negatives) as tf.Tensor2D;
    // and a positive with every negative whose place is not after it.
    const placed = scatterInto([n, width + 1], [
      [flatIndices(place, width + 1), negatives],
    ]);
    const ofPositive = tf.slice(tf.cumsum(placed, 1), [0, 0], [n, width]);
    const active = tf.sub(
      scatterInto([n, n], [
        [pickColumns(positives, reach.columns), ofPositive],
      ]),
      ofNegative,
    ) as tf.Tensor2D;
    const share = tf.div(sumInParts(ofPositive), counts.triplets);
    const slopes = tf.div(active, counts.triplets) as tf.Tensor2D;
    return {
      value: tf.add(
        tf.mul(share, margin),
        sumInParts(tf.mul(slopes, distances)),
      ) as tf.Scalar,
      slopes,
    };
  },
};

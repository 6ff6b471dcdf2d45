import * as tf from "@tensorflow/tfjs";
import { countPairs } from "../classes.ts";
import { createTripletList } from "../list.ts";
import { meanHinge } from "../piecewise.ts";
import type { Rule } from "../rule.ts";
import { flatIndices, orBeyond, pickColumns } from "../rows.ts";

/**
 * "batch-hard" (Hermans et al. 2017, https://arxiv.org/abs/1703.07737): each
 * anchor with its farthest positive and its nearest negative. An anchor that
 * lacks either has no triplet; of equal distances the lowest index is taken.
 */
export const batchHard: Rule = {
  list({ count, distances, labels }) {
    const list = createTripletList(countPairs(labels).anchors);
    for (let anchor = 0; anchor < count; anchor++) {
      let [positive, farthest] = [-1, -Infinity];
      let [negative, nearest] = [-1, Infinity];
      for (let other = 0; other < count; other++) {
        if (other === anchor) continue;
        const distance = distances[anchor * count + other]!;
        if (labels[other] !== labels[anchor]) {
          if (distance < nearest) [negative, nearest] = [other, distance];
        } else if (distance > farthest) {
          [positive, farthest] = [other, distance];
        }
      }
      if (positive >= 0 && negative >= 0) list.add(anchor, positive, negative);
    }
    return list.finish();
  },

  loss(distances, { positives, paired, negatives, counts }, margin) {
    const n = distances.shape[0];
    // Filler is at distance 0 and comes last, so it is never the farthest.
    const toPositives = tf.gather(tf.reshape(distances, [n * n]), positives);
    const farthest = tf.argMax(toPositives, 1);
    const nearest = tf.argMin(orBeyond(distances, negatives), 1);
    return meanHinge(distances, {
      positives: pickColumns(positives, tf.reshape(farthest, [n, 1])),
      negatives: flatIndices(tf.reshape(nearest, [n, 1]), n),
      weights: tf.slice(paired, [0, 0], [n, 1]),
      count: counts.anchors,
    }, margin);
  },
};

import { streamed } from "../graph/streamed.ts";
import { sumHinges } from "../mining/hinge_sums.ts";
import type { Rule } from "../mining/rule.ts";

/**
 * "semi-hard-pytorch-metric-learning": that library's TripletMarginMiner of
 * type "semihard". All triplets in the band, 0 < d(a,n) − d(a,p) ≤ margin; none
 * where nothing is in it, and so none of a batch that has collapsed.
 */
export const semiHardBand: Rule = {
  most: (_, { semiHard }) => semiHard,
  choose({ image, distances, positives, negatives }, take, { margin }) {
    for (const positive of positives) {
      const nearest = distances[positive]!;
      for (const negative of negatives) {
        const distance = distances[negative]!;
        if (distance > nearest && distance <= nearest + margin) {
          take(image, positive, negative);
        }
      }
    }
  },
  sumHinges: (row, margin, slopes, sums) =>
    sumHinges(row, margin, slopes, sums, true),
  graph: (distances, classes, options) =>
    streamed(distances, classes, options, true),
};

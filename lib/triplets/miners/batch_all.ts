import { streamed } from "../graph/streamed.ts";
import { sumHinges } from "../mining/hinge_sums.ts";
import type { Rule } from "../mining/rule.ts";

/**
 * "batch-all": every valid triplet, each anchor with each positive and each
 * negative (Hermans et al. 2017, https://arxiv.org/abs/1703.07737, L_BA).
 */
export const batchAll: Rule = {
  most: ({ triplets }) => triplets,
  choose({ image, positives, negatives }, take) {
    for (const positive of positives) {
      for (const negative of negatives) take(image, positive, negative);
    }
  },
  sumHinges: (row, margin, slopes, sums) =>
    sumHinges(row, margin, slopes, sums, false),
  graph: (distances, classes, options) =>
    streamed(distances, classes, options, false),
};

import { farthest, nearest } from "../mining/extremes.ts";
import { farthestPositive, nearestNegative } from "../graph/extremes.ts";
import { listed } from "../graph/listed.ts";
import type { Rule } from "../mining/rule.ts";

/**
 * "batch-hard" (Hermans et al. 2017, https://arxiv.org/abs/1703.07737): each
 * anchor with its farthest positive and its nearest negative. An anchor that
 * lacks either has no triplet; of equal distances the lowest index is taken.
 */
export const batchHard: Rule = {
  most: ({ anchors }) => anchors,
  choose({ image, distances, positives, negatives }, take) {
    take(image, farthest(distances, positives), nearest(distances, negatives));
  },
  graph: listed((distances, classes) => ({
    ...farthestPositive(distances, classes),
    negatives: nearestNegative(distances, classes),
  })),
};

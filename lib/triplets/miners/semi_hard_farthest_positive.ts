import { farthest, nearestBeyond } from "../mining/extremes.ts";
import {
  farthestPositive,
  nearestNegativeBeyondOrFarthest,
} from "../graph/extremes.ts";
import { listed } from "../graph/listed.ts";
import type { Rule } from "../mining/rule.ts";

/**
 * "semi-hard-tensorflow-similarity": that library's triplet loss with its
 * default strategies, "hard" positives and "semi-hard" negatives. Each anchor
 * with its farthest positive and the nearest negative beyond that one, or the
 * farthest negative where none is (since the library's pull request 308). Of
 * equal distances the lowest index is taken.
 */
export const semiHardFarthestPositive: Rule = {
  most: ({ anchors }) => anchors,
  choose(row, take) {
    const { image, distances, positives, negatives } = row;
    const positive = farthest(distances, positives);
    const beyond = nearestBeyond(row, distances[positive]!);
    const negative = beyond < 0 ? farthest(distances, negatives) : beyond;
    take(image, positive, negative);
  },
  graph: listed((distances, classes) => {
    const { positives, toPositives, weights } = farthestPositive(
      distances,
      classes,
    );
    return {
      positives,
      negatives: nearestNegativeBeyondOrFarthest(
        distances,
        classes,
        toPositives,
      ),
      weights,
    };
  }),
};

import { farthest } from "../mining/extremes.ts";
import { eachPositive } from "../graph/extremes.ts";
import { listed } from "../graph/listed.ts";
import { nextNegatives } from "../mining/next_negatives.ts";
import type { Rule } from "../mining/rule.ts";

/**
 * "semi-hard" as in FaceNet (Schroff et al. 2015,
 * https://arxiv.org/abs/1503.03832) and TensorFlow Addons: every (anchor,
 * positive) pair with the nearest negative that is farther than the positive,
 * d(a,n) > d(a,p), or with the farthest negative where none is. The margin
 * plays no part in the choice; of equal distances the lowest index is taken.
 */
export const semiHard: Rule = {
  most: ({ pairs }) => pairs,
  choose(row, take) {
    const { image, distances, positives, negatives } = row;
    const beyond = nextNegatives(row);
    const last = beyond.includes(-1) ? farthest(distances, negatives) : -1;
    for (let i = 0; i < positives.length; i++) {
      take(image, positives[i]!, beyond[i]! < 0 ? last : beyond[i]!);
    }
  },
  graph: listed(eachPositive),
};

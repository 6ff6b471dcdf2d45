import { farthest } from "./extremes.ts";
import type { Miner } from "./miner.ts";
import { nextNegatives } from "./next_negatives.ts";

/**
 * FaceNet's choice: the nearest negative that is farther than the positive. The
 * margin plays no part in it; of equal distances the lowest index is taken.
 */
export const semiHard: Miner = {
  description:
    "each (anchor, positive) with the nearest negative that is farther than the positive, or the farthest negative where none is",
  source:
    "FaceNet, Schroff et al. 2015, https://arxiv.org/abs/1503.03832; TensorFlow Addons",
  most: ({ pairs }) => pairs,
  choose(row, take) {
    const { image, distances, positives, negatives } = row;
    const beyond = nextNegatives(row);
    const last = beyond.includes(-1) ? farthest(distances, negatives) : -1;
    for (let i = 0; i < positives.length; i++) {
      take(image, positives[i]!, beyond[i]! < 0 ? last : beyond[i]!);
    }
  },
};

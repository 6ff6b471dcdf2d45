import type { AnchorRow } from "../batch/rows.ts";
import { farthest, nearest, nearestBeyond } from "./extremes.ts";
import type { Miner } from "./miner.ts";

const nearestPositive = ({ distances, positives }: AnchorRow) =>
  nearest(distances, positives);
const farthestPositive = ({ distances, positives }: AnchorRow) =>
  farthest(distances, positives);
const nearestNegative = ({ distances, negatives }: AnchorRow) =>
  nearest(distances, negatives);
const farthestNegative = ({ distances, negatives }: AnchorRow) =>
  farthest(distances, negatives);

/**
 * A miner that gives each anchor one triplet: a positive and, by how far that
 * one is, a negative; -1 for none. Of equal distances the lowest index is taken.
 */
function onePerAnchor(
  positiveOf: (row: AnchorRow) => number,
  negativeOf: (row: AnchorRow, toPositive: number) => number,
): Pick<Miner, "most" | "choose"> {
  return {
    most: ({ anchors }) => anchors,
    choose(row, take) {
      const positive = positiveOf(row);
      const negative = negativeOf(row, row.distances[positive]!);
      if (negative >= 0) take(row.image, positive, negative);
    },
  };
}

/** The hardest positive with the hardest negative. */
export const batchHard: Miner = {
  description: "each anchor with its farthest positive and nearest negative",
  source: "Hermans et al. 2017, https://arxiv.org/abs/1703.07737, there L_BH",
  ...onePerAnchor(farthestPositive, nearestNegative),
};

/**
 * The easiest positive, so that a class need not shrink to one point. An anchor
 * without a farther negative is left out, as in pytorch-metric-learning's
 * BatchEasyHardMiner.
 */
export const batchEasyPositive: Miner = {
  description:
    "each anchor with its nearest positive and the nearest negative farther than that; none where no negative is",
  source: "Xuan et al. 2020, https://arxiv.org/abs/1904.04370, there EPSHN",
  ...onePerAnchor(nearestPositive, nearestBeyond),
};

/** The easiest positive with the hardest negative. */
export const batchEasyPositiveHardNegative: Miner = {
  description: "each anchor with its nearest positive and nearest negative",
  source: "Xuan et al. 2020, https://arxiv.org/abs/1904.04370, there EPHN",
  ...onePerAnchor(nearestPositive, nearestNegative),
};

/** Falls back on the farthest negative since the library's pull request 308. */
export const semiHardFarthestPositive: Miner = {
  description:
    "each anchor with its farthest positive and the nearest negative beyond that, or the farthest negative where none is",
  source:
    'TensorFlow Similarity, triplet loss with "hard" positives and "semi-hard" negatives',
  ...onePerAnchor(farthestPositive, (row, toPositive) => {
    const beyond = nearestBeyond(row, toPositive);
    return beyond < 0 ? farthestNegative(row) : beyond;
  }),
};

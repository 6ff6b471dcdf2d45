import { sumHinges } from "./hinge_sums.ts";
import type { Miner } from "./miner.ts";

/** Every valid triplet. */
export const batchAll: Miner = {
  description: "all valid triplets",
  source:
    "Hermans et al. 2017, https://arxiv.org/abs/1703.07737, there L_BA (section 2)",
  most: ({ triplets }) => triplets,
  choose({ image, positives, negatives }, take) {
    for (const positive of positives) {
      for (const negative of negatives) take(image, positive, negative);
    }
  },
  sumHinges: (row, margin, slopes, sums) =>
    sumHinges(row, margin, slopes, sums, false),
};

/** All triplets in the margin's band; none of a batch that has collapsed. */
export const semiHardBand: Miner = {
  description: "all with d(a,p) < d(a,n) ≤ d(a,p) + margin",
  source: 'pytorch-metric-learning, TripletMarginMiner of type "semihard"',
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
};

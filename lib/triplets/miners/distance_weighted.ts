import { refuse } from "../../numeric/refuse.ts";
import { upperBound } from "../../numeric/search.ts";
import type { AnchorRow } from "../batch/rows.ts";
import type { MiningOptions } from "../batch/triplets.ts";
import type { Miner } from "./miner.ts";

/** Nearer negatives are drawn as if they were here, lest noise prevail. */
const NEAR = 0.5;
/** Negatives from here on are not drawn: they cost nothing. */
const FAR = 1.4;

/**
 * The weight of a negative is the inverse of the density of distances d on a unit
 * sphere of n dimensions, dⁿ⁻² (1 − d²/4)^((n−3)/2). The cut-offs, 0.5 below and
 * 1.4 above, are those of the authors' code and of pytorch-metric-learning. An
 * anchor without a negative nearer than 1.4 draws from all its negatives evenly.
 */
export const distanceWeighted: Miner = {
  description:
    "each (anchor, positive) with a random negative, drawn so that all distances come up",
  source: "Wu et al. 2017, https://arxiv.org/abs/1706.07567",
  draws: true,
  embeddingSize: { type: "integer", min: 2 },
  most: ({ pairs }) => pairs,
  choose(row, take, options) {
    const { image, positives, negatives } = row;
    const weights = cumulativeWeights(row, options);
    const total = weights.at(-1)!;
    for (const positive of positives) {
      const drawn = options.random!.uniform();
      const place = total > 0
        ? upperBound(weights, drawn * total)
        : Math.floor(drawn * negatives.length);
      take(image, positive, negatives[place]!);
    }
  },
};

/** The weights of the negatives, each added to those before it. */
function cumulativeWeights(
  { image, distances, negatives }: AnchorRow,
  { metric, embeddingSize }: MiningOptions,
): Float64Array {
  const ofDistance = (2 - embeddingSize!) / 2;
  const ofRest = (3 - embeddingSize!) / 2;
  // On unit vectors, 1 − cos is half the squared distance.
  const scale = metric === "cosine" ? 2 : 1;
  const weights = new Float64Array(negatives.length).fill(-Infinity);
  let largest = -Infinity;
  for (let i = 0; i < negatives.length; i++) {
    const squared = distances[negatives[i]!]! * scale;
    if (squared > 4.001) {
      refuse(
        'mine triplets by "distance-weighted"',
        "embeddings of length 1, whose squared distance is at most 4",
        `${squared} between ${image} and ${negatives[i]}`,
      );
    }
    if (squared >= FAR ** 2) continue;
    const clipped = Math.max(squared, NEAR ** 2);
    weights[i] = ofDistance * Math.log(clipped) +
      ofRest * Math.log(1 - clipped / 4);
    largest = Math.max(largest, weights[i]!);
  }
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    // Scaled by the largest, as the densities of 1,024 dimensions overflow.
    if (weights[i]! > -Infinity) total += Math.exp(weights[i]! - largest);
    weights[i] = total;
  }
  return weights;
}

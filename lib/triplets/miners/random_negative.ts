import { drawNegatives } from "./draw.ts";
import type { Miner } from "./miner.ts";

/** What a training run by a list of triplets does: one for each pair. */
export const explicit: Miner = {
  description:
    "each (anchor, positive) with a random negative of d(a,p) < d(a,n) ≤ d(a,p) + margin; none where no negative is",
  source: "drawTripletPerPair of this library",
  draws: true,
  most: ({ pairs }) => pairs,
  choose(row, take, { margin, random }) {
    drawNegatives(
      row,
      (above) => ({ above, upTo: above + margin }),
      random!,
      (positive, negative) => take(row.image, positive, negative),
    );
  },
};

/**
 * Each pair once. Where that leaves nothing of a batch, the project makes up one
 * triplet so as to have one; here there is none.
 */
export const semiHardDrawn: Miner = {
  description:
    "each pair once, the lower index as anchor, with a random negative of d(a,p) < d(a,n) < d(a,p) + margin; none where no negative is",
  source: "adambielski/siamese-triplet, SemihardNegativeTripletSelector",
  draws: true,
  most: ({ pairs }) => pairs / 2,
  choose(row, take, { margin, random }) {
    const { image } = row;
    const positives = row.positives.filter((positive) => positive > image);
    drawNegatives(
      { ...row, positives },
      (above) => ({ above, below: above + margin }),
      random!,
      (positive, negative) => take(image, positive, negative),
    );
  },
};

/**
 * The original takes the last negative, in a shuffled order, that is farther
 * from the positive than the anchor is; so a random one, which may be nearer to
 * the anchor than the positive is. The original measures by L1: pass
 * `manhattanDistances` to have its very choice.
 */
export const semiHardFromPositive: Miner = {
  description:
    "each (anchor, positive) with a random negative of d(p,n) > d(a,p); none where no negative is",
  source: "vincenthanna/facenet_on_mnist, which this library reimplements",
  draws: true,
  most: ({ pairs }) => pairs,
  // The row is the positive's, and the others of its class are the anchors.
  choose(row, take, { random }) {
    drawNegatives(
      row,
      (above) => ({ above }),
      random!,
      (anchor, negative) => take(anchor, row.image, negative),
    );
  },
};

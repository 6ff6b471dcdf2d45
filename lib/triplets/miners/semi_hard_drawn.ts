import { drawFrom, orderNegatives } from "../mining/draw.ts";
import type { Rule } from "../mining/rule.ts";

/**
 * "semi-hard-siamese-triplet": the SemihardNegativeTripletSelector of
 * adambielski/siamese-triplet. Each pair once, the lower index as the anchor,
 * with a random negative inside the margin, d(a,p) < d(a,n) < d(a,p) + margin;
 * a pair that has none is dropped. Where that leaves nothing of a batch, the
 * project makes up one triplet so as to have one; here there is none.
 */
export const semiHardDrawn: Rule = {
  draws: true,
  most: ({ pairs }) => pairs / 2,
  choose(row, take, { margin, random }) {
    const ordered = orderNegatives(row);
    for (const positive of row.positives) {
      if (positive < row.image) continue;
      const above = row.distances[positive]!;
      const band = { above, below: above + margin };
      const negative = drawFrom(ordered, band, random!);
      if (negative >= 0) take(row.image, positive, negative);
    }
  },
};

import { drawFrom, orderNegatives } from "../mining/draw.ts";
import type { Rule } from "../mining/rule.ts";

/**
 * "semi-hard-facenet-on-mnist": vincenthanna/facenet_on_mnist, which this
 * library reimplements. Each (anchor, positive) pair with the last negative, in
 * a shuffled order, whose distance from the positive exceeds d(a,p); so a
 * random one, which may be nearer to the anchor than the positive is. The margin
 * plays no part, and a pair that has none is dropped. The original measures by
 * L1: pass `manhattanDistances` to have its very choice.
 */
export const semiHardFromPositive: Rule = {
  draws: true,
  most: ({ pairs }) => pairs,
  // The row is the positive's, and the others of its class are the anchors.
  choose(row, take, { random }) {
    const ordered = orderNegatives(row);
    for (const anchor of row.positives) {
      const band = { above: row.distances[anchor]! };
      const negative = drawFrom(ordered, band, random!);
      if (negative >= 0) take(anchor, row.image, negative);
    }
  },
};

import { countOverlaps } from "./contingency.ts";

/**
 * How well clusters and classes agree on which pairs of items belong together,
 * above chance: 1 for the same division, about 0 for a random one, less for
 * worse than random (Hubert & Arabie 1985, as scikit-learn's
 * `adjusted_rand_score`). Large clusters count most, for they have most pairs.
 *
 * @param clusters `[n]`, the cluster of each item.
 * @param classes `[n]`, what it really is.
 * @throws {RangeError} If there are no labels, the lists differ in length, or a
 * label is no whole number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(adjustedRandIndex([1, 1, 0, 0], [3, 3, 9, 9]), 1);
 * assert.equal(adjustedRandIndex([0, 1, 0, 1], [3, 3, 9, 9]), -0.5);
 * ```
 */
export function adjustedRandIndex(
  clusters: ArrayLike<number>,
  classes: ArrayLike<number>,
): number {
  const { cells, clusterSizes, classSizes, total } = countOverlaps(
    "measure the adjusted Rand index",
    clusters,
    classes,
  );
  const together = pairs(cells.map(({ count }) => count));
  const inClusters = pairs(clusterSizes);
  const inClasses = pairs(classSizes);
  // No pair that one has together and the other apart: the same division. The
  // formula would divide 0 by 0 where that is all items apart, or all together.
  if (together === inClusters && together === inClasses) return 1;
  // Both multiplied by the number of all pairs, so that they are whole.
  const all = pairs([total]);
  const chance = inClusters * inClasses;
  return (together * all - chance) /
    ((inClusters + inClasses) / 2 * all - chance);
}

/** How many pairs of items share a group. */
function pairs(sizes: number[]): number {
  return sizes.reduce((sum, size) => sum + size * (size - 1) / 2, 0);
}

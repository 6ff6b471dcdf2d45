import { countOverlaps } from "./contingency.ts";

/**
 * The share of items that are of their cluster's most frequent class, in (0, 1]
 * (Manning et al. 2008, section 16.3). Small clusters make it high: it is 1 where
 * each item is a cluster, so read it beside
 * {@linkcode adjustedMutualInformation}.
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
 * assert.equal(purity([0, 0, 0, 1], [5, 5, 8, 8]), 0.75);
 * ```
 */
export function purity(
  clusters: ArrayLike<number>,
  classes: ArrayLike<number>,
): number {
  const { cells, clusterSizes, total } = countOverlaps(
    "measure purity",
    clusters,
    classes,
  );
  const most = clusterSizes.map(() => 0);
  for (const { cluster, count } of cells) {
    most[cluster] = Math.max(most[cluster]!, count);
  }
  return most.reduce((sum, count) => sum + count, 0) / total;
}

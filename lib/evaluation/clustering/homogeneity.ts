import { countOverlaps } from "./contingency.ts";
import { atMostOne, entropy, mutualInformation } from "./entropy.ts";

/**
 * How far each cluster is of one class, in [0, 1] (Rosenberg & Hirschberg 2007):
 * below 1, clusters mix classes. It is 1 where each item is a cluster.
 *
 * @param clusters `[n]`, the cluster of each item.
 * @param classes `[n]`, what it really is.
 * @throws {RangeError} If there are no labels, the lists differ in length, or a
 * label is no whole number.
 *
 * @example Split classes are no harm
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(homogeneity([0, 1, 2, 2], [3, 3, 9, 9]), 1);
 * assert.equal(homogeneity([0, 0, 0, 0], [3, 3, 9, 9]), 0);
 * ```
 */
export function homogeneity(
  clusters: ArrayLike<number>,
  classes: ArrayLike<number>,
): number {
  return shareOfClasses("measure homogeneity", clusters, classes);
}

/**
 * How far each class is in one cluster, in [0, 1] (Rosenberg & Hirschberg 2007):
 * below 1, classes are split. It is 1 where all items are one cluster.
 *
 * @param clusters `[n]`, the cluster of each item.
 * @param classes `[n]`, what it really is.
 * @throws {RangeError} If there are no labels, the lists differ in length, or a
 * label is no whole number.
 *
 * @example Mixed clusters are no harm
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(completeness([0, 0, 0, 0], [3, 3, 9, 9]), 1);
 * assert.equal(completeness([0, 1, 0, 1], [3, 3, 9, 9]), 0);
 * ```
 */
export function completeness(
  clusters: ArrayLike<number>,
  classes: ArrayLike<number>,
): number {
  return shareOfClasses("measure completeness", classes, clusters);
}

/** The share of what there is to know of the classes that the clusters tell. */
function shareOfClasses(
  action: string,
  clusters: ArrayLike<number>,
  classes: ArrayLike<number>,
): number {
  const overlaps = countOverlaps(action, clusters, classes);
  const { cells, clusterSizes, classSizes, total } = overlaps;
  // Each cluster is of one class. The quotient may miss 1 by rounding.
  if (cells.length === clusterSizes.length) return 1;
  return atMostOne(mutualInformation(overlaps) / entropy(classSizes, total));
}

import { type Contingency, countOverlaps } from "./contingency.ts";
import { atMostOne, entropy, mutualInformation } from "./entropy.ts";
import { expectedMutualInformation } from "./expected_mutual_information.ts";

/**
 * How much clusters and classes tell of each other: 0 for nothing, 1 for all.
 * The mutual information over the mean of the two entropies (scikit-learn's
 * `normalized_mutual_info_score`, also known as the V-measure).
 *
 * It is not adjusted for chance: many small clusters make it high.
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
 * assert.equal(normalizedMutualInformation([1, 1, 0, 0], [3, 3, 9, 9]), 1);
 * assert.equal(normalizedMutualInformation([0, 1, 0, 1], [3, 3, 9, 9]), 0);
 * ```
 */
export function normalizedMutualInformation(
  clusters: ArrayLike<number>,
  classes: ArrayLike<number>,
): number {
  const action = "measure normalized mutual information";
  const overlaps = countOverlaps(action, clusters, classes);
  if (agree(overlaps)) return 1;
  return atMostOne(mutualInformation(overlaps) / meanEntropy(overlaps));
}

/**
 * {@linkcode normalizedMutualInformation} above chance: 1 for the same division
 * into groups, about 0 for a random one whatever the number of clusters, less
 * for worse than random (Vinh, Epps & Bailey 2010, with the arithmetic mean, as
 * scikit-learn's `adjusted_mutual_info_score`).
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
 * assert.equal(adjustedMutualInformation([1, 1, 0, 0], [3, 3, 9, 9]), 1);
 * const chance = adjustedMutualInformation([0, 1, 2, 3], [3, 3, 9, 9]);
 * assert.ok(Math.abs(chance) < 1e-12);
 * ```
 */
export function adjustedMutualInformation(
  clusters: ArrayLike<number>,
  classes: ArrayLike<number>,
): number {
  const action = "measure adjusted mutual information";
  const overlaps = countOverlaps(action, clusters, classes);
  // Also where the formula would divide 0 by 0.
  if (agree(overlaps)) return 1;
  if (isFixed(overlaps)) return 0;
  const expected = expectedMutualInformation(overlaps);
  return atMostOne(
    (mutualInformation(overlaps) - expected) /
      (meanEntropy(overlaps) - expected),
  );
}

/** Whether each cluster is exactly one class. */
function agree({ cells, clusterSizes, classSizes }: Contingency): boolean {
  return cells.length === clusterSizes.length &&
    cells.length === classSizes.length;
}

/**
 * Whether all orders of the items give the same mutual information, so that none
 * is above chance: one division has a single group, or none of two items.
 */
function isFixed({ clusterSizes, classSizes, total }: Contingency): boolean {
  return [clusterSizes, classSizes].some(({ length }) =>
    length === 1 || length === total
  );
}

function meanEntropy({ clusterSizes, classSizes, total }: Contingency): number {
  return (entropy(clusterSizes, total) + entropy(classSizes, total)) / 2;
}

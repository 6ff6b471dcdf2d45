import { type Contingency, countOverlaps } from "./contingency.ts";
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
  const overlaps = countOverlaps(
    "measure mutual information",
    clusters,
    classes,
  );
  if (agree(overlaps)) return 1;
  return mutualInformation(overlaps) / meanEntropy(overlaps);
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
  const overlaps = countOverlaps(
    "measure mutual information",
    clusters,
    classes,
  );
  // Also where the formula would divide 0 by 0.
  if (agree(overlaps)) return 1;
  const expected = expectedMutualInformation(overlaps);
  return (mutualInformation(overlaps) - expected) /
    (meanEntropy(overlaps) - expected);
}

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
  const overlaps = countOverlaps("measure homogeneity", clusters, classes);
  const { classSizes, total } = overlaps;
  if (classSizes.length === 1) return 1;
  return mutualInformation(overlaps) / entropy(classSizes, total);
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
  return homogeneity(classes, clusters);
}

/** Whether each cluster is exactly one class. */
function agree({ cells, clusterSizes, classSizes }: Contingency): boolean {
  return cells.length === clusterSizes.length &&
    cells.length === classSizes.length;
}

/** In nats, as all here; never below 0. */
function mutualInformation(overlaps: Contingency): number {
  const { cells, clusterSizes, classSizes, total } = overlaps;
  const sum = cells.reduce((sum, { cluster, class: column, count }) => {
    const product = clusterSizes[cluster]! * classSizes[column]!;
    return sum + count / total * Math.log(total * count / product);
  }, 0);
  return Math.max(0, sum);
}

function meanEntropy({ clusterSizes, classSizes, total }: Contingency): number {
  return (entropy(clusterSizes, total) + entropy(classSizes, total)) / 2;
}

function entropy(sizes: number[], total: number): number {
  return sizes.reduce(
    (sum, size) => sum - size / total * Math.log(size / total),
    0,
  );
}

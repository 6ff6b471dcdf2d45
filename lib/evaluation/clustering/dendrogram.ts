import { checkWhole } from "../../numeric/domain.ts";

/**
 * The order in which agglomerative clustering joins points to clusters, nearest
 * ones first. Numbers below `count` are points; `count + s` is the cluster that
 * merge `s` makes: the numbering of SciPy's linkage matrix.
 */
export interface Dendrogram {
  /** How many points there are, n. */
  count: number;
  /** `[n − 1]`, the smaller number of the two that each merge joins. */
  first: Int32Array;
  /** `[n − 1]`, the larger one. */
  second: Int32Array;
  /** `[n − 1]`, how far apart the two are, ascending. */
  heights: Float64Array;
}

/** Where {@linkcode cutDendrogram} cuts. */
export type Cut =
  /** All merges up to this height are made, as scipy's `fcluster` does. */
  | { threshold: number }
  /** Merges are made until this many clusters are left, from 1 to n. */
  | { clusters: number };

/**
 * Cuts a dendrogram into clusters. Two points closer than the threshold may
 * still be apart and two farther ones together: it is clusters that it measures.
 *
 * @returns `[n]`, the cluster of each point. Clusters are numbered from 0 in the
 * order of their first points.
 * @throws {RangeError} If the threshold is NaN, or the number of clusters no
 * whole number from 1 to n.
 *
 * @example Three points on a line
 * ```ts
 * import assert from "node:assert/strict";
 *
 * // Points 0 and 2 join at height 1, and point 1 joins them at height 5.
 * const dendrogram: Dendrogram = {
 *   count: 3,
 *   first: Int32Array.of(0, 1),
 *   second: Int32Array.of(2, 3),
 *   heights: Float64Array.of(1, 5),
 * };
 * assert.deepEqual([...cutDendrogram(dendrogram, { threshold: 2 })], [0, 1, 0]);
 * assert.deepEqual([...cutDendrogram(dendrogram, { clusters: 3 })], [0, 1, 2]);
 * ```
 */
export function cutDendrogram(dendrogram: Dendrogram, cut: Cut): Int32Array {
  const { count, first, second } = dendrogram;
  const merges = countMerges(dendrogram, cut);
  // From the last merge to the first, the parts of a cluster learn whose they
  // are.
  const owner = Int32Array.from({ length: count + merges }, (_, i) => i);
  for (let s = merges - 1; s >= 0; s--) {
    owner[first[s]!] = owner[second[s]!] = owner[count + s]!;
  }
  const numbers = new Map<number, number>();
  return owner.slice(0, count).map((root) => {
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
}

function countMerges({ count, heights }: Dendrogram, cut: Cut): number {
  if ("clusters" in cut) {
    const action = "cut a dendrogram";
    checkWhole(action, "the number of clusters", cut.clusters, 1, count);
    return count - cut.clusters;
  }
  const { threshold } = cut;
  if (Number.isNaN(threshold)) {
    throw new RangeError(
      "Cannot cut a dendrogram: expected a threshold that is a number, got NaN",
    );
  }
  const above = heights.findIndex((height) => height > threshold);
  return above < 0 ? heights.length : above;
}

import { optionsOf } from "../../numeric/options.ts";
import { checkWhole } from "../../numeric/domain.ts";
import { refuse, shown } from "../../numeric/refuse.ts";

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

/** At a height, in the unit of the distances, or where so many clusters are left. */
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
 * @throws {RangeError} If the threshold is no number, the number of clusters no
 * whole number from 1 to n, or the dendrogram is none: n − 1 merges of two
 * clusters each that are there by then, at heights that do not fall.
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
  checkDendrogram(dendrogram);
  optionsOf("cut a dendrogram", cut);
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

const ACTION = "cut a dendrogram";

function checkDendrogram({ count, first, second, heights }: Dendrogram): void {
  checkWhole(ACTION, "the number of points", count, 1, Infinity);
  const lengths = [first, second, heights].map(({ length }) => length);
  if (lengths.some((length) => length !== count - 1)) {
    const merges = `${count - 1} merges of ${count} points`;
    refuse(ACTION, merges, lengths.join(", "));
  }
  const free = new Uint8Array(2 * count - 1).fill(1);
  for (let s = 0; s < heights.length; s++) {
    const [a, b] = [first[s]!, second[s]!];
    if (!(a !== b && a < count + s && b < count + s && free[a] && free[b])) {
      refuse(ACTION, `two clusters to join at merge ${s}`, `${a} and ${b}`);
    }
    free[a] = free[b] = 0;
    if (!(heights[s]! >= (heights[s - 1] ?? -Infinity))) {
      refuse(
        ACTION,
        "heights that do not fall",
        `${shown(heights[s - 1])} and ${heights[s]} at merge ${s}`,
      );
    }
  }
}

function countMerges({ count, heights }: Dendrogram, cut: Cut): number {
  if ("clusters" in cut) {
    checkWhole(ACTION, "the number of clusters", cut.clusters, 1, count);
    return count - cut.clusters;
  }
  const { threshold } = cut;
  // Infinite ones are of use: all merges, or none.
  if (typeof threshold !== "number" || Number.isNaN(threshold)) {
    refuse(ACTION, "a threshold that is a number", shown(threshold));
  }
  const above = heights.findIndex((height) => height > threshold);
  return above < 0 ? heights.length : above;
}

import type { Contingency } from "./contingency.ts";

/**
 * The mutual information, in nats, that two divisions with groups of these
 * sizes have on average where chance alone decides which items are in which
 * group (Vinh, Epps & Bailey 2010, equation 24a).
 *
 * It depends on the sizes only, so groups of one size are gone through once. Of
 * n items at most √(2n) sizes can differ, and the overlaps that are likely enough
 * to count are few: the time is O(n) whatever the groups are.
 *
 * @example Two pairs against two pairs
 * ```ts
 * import assert from "node:assert/strict";
 *
 * // One of three arrangements has both pairs together: ln 2; the others 0.
 * const expected = expectedMutualInformation({
 *   total: 4,
 *   clusterSizes: [2, 2],
 *   classSizes: [2, 2],
 * });
 * assert.ok(Math.abs(expected - Math.LN2 / 3) < 1e-12);
 * ```
 */
export function expectedMutualInformation(
  { total, clusterSizes, classSizes }: Omit<Contingency, "cells">,
): number {
  const classes = groupsBySize(classSizes);
  let expected = 0;
  for (const [a, clusters] of groupsBySize(clusterSizes)) {
    for (const [b, others] of classes) {
      expected += clusters * others * informationOfTwo(total, a, b);
    }
  }
  return expected;
}

/** How many groups there are of each size. */
function groupsBySize(sizes: number[]): Map<number, number> {
  const groups = new Map<number, number>();
  for (const size of sizes) groups.set(size, (groups.get(size) ?? 0) + 1);
  return groups;
}

/** An overlap this much less likely than the likeliest one does not count. */
const UNLIKELY = 1e-30;

/**
 * What a group of `a` and one of `b` out of `total` items add on average. Their
 * overlap k follows the hypergeometric distribution. Its probabilities are taken
 * relative to the likeliest one, outwards by the quotient of neighbours: that
 * keeps the digits which factorials of large numbers would lose.
 */
function informationOfTwo(total: number, a: number, b: number): number {
  const most = Math.min(a, b);
  const least = Math.max(0, a + b - total);
  const likeliest = Math.min(
    most,
    Math.max(least, Math.floor((a + 1) * (b + 1) / (total + 2))),
  );
  const neither = total - a - b;
  const product = a * b;
  // As a difference of whole numbers it is exact near independence, where the
  // logarithm is about 0.
  const information = (k: number) =>
    k === 0 ? 0 : k * Math.log1p((total * k - product) / product);
  let weights = 1;
  let sum = information(likeliest);
  for (let k = likeliest, weight = 1; k < most;) {
    weight *= (a - k) * (b - k) / ((k + 1) * (neither + k + 1));
    if (weight < UNLIKELY) break;
    k++;
    weights += weight;
    sum += weight * information(k);
  }
  for (let k = likeliest, weight = 1; k > least;) {
    weight *= k * (neither + k) / ((a - k + 1) * (b - k + 1));
    if (weight < UNLIKELY) break;
    k--;
    weights += weight;
    sum += weight * information(k);
  }
  return sum / weights / total;
}

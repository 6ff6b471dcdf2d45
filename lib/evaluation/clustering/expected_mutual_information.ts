import type { Contingency } from "./contingency.ts";

/**
 * The mutual information, in nats, that two divisions with groups of these
 * sizes have on average where chance alone decides which items are in which
 * group (Vinh, Epps & Bailey 2010, equation 24a).
 *
 * The overlap of two groups then follows the hypergeometric distribution.
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
  const logFactorial = new Float64Array(total + 1);
  for (let i = 2; i <= total; i++) {
    logFactorial[i] = logFactorial[i - 1]! + Math.log(i);
  }
  const f = (i: number) => logFactorial[i]!;
  let expected = 0;
  for (const a of clusterSizes) {
    for (const b of classSizes) {
      const numerator = f(a) + f(b) + f(total - a) + f(total - b) - f(total);
      const least = Math.max(1, a + b - total);
      for (let both = least; both <= Math.min(a, b); both++) {
        const denominator = f(both) + f(a - both) + f(b - both) +
          f(total - a - b + both);
        expected += Math.exp(numerator - denominator) *
          both / total * Math.log(total * both / (a * b));
      }
    }
  }
  return expected;
}

import { checkList } from "../../numeric/list.ts";
import { refuse } from "../../numeric/refuse.ts";

/**
 * Computes Spearman's rank correlation: 1 where the order of both lists is the
 * same, −1 where it is reversed, and about 0 where one says nothing about the
 * other. Equal values share the mean of their ranks.
 *
 * Source: Spearman 1904, as `scipy.stats.spearmanr` has it.
 *
 * @param a At least two numbers, not all equal.
 * @param b As many, likewise.
 * @throws {RangeError} If they are not as many, one is not finite, or all of a list
 * are equal.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(rankCorrelation([1, 2, 3], [10, 20, 999]), 1);
 * assert.equal(rankCorrelation([1, 2, 3], [0, -1, -5]), -1);
 * ```
 */
export function rankCorrelation(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): number {
  const action = "compute a rank correlation";
  checkList(action, "values", a, { type: "number" });
  checkList(action, "values", b, { type: "number" }, a.length);
  if (a.length < 2) refuse(action, "at least two values", `${a.length}`);
  const [x, y] = [centeredRanks(a), centeredRanks(b)];
  const dot = (one: Float64Array, other: Float64Array) =>
    one.reduce((sum, value, i) => sum + value * other[i]!, 0);
  const scale = Math.sqrt(dot(x, x) * dot(y, y));
  if (scale === 0) refuse(action, "values that differ", "equal ones alone");
  return Math.max(-1, Math.min(1, dot(x, y) / scale));
}

/** The places in ascending order, those of equal values as their mean, around 0. */
function centeredRanks(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (_, i) => i)
    .sort((i, j) => values[i]! - values[j]!);
  const ranks = new Float64Array(values.length);
  for (let start = 0, end; start < order.length; start = end) {
    end = start + 1;
    while (end < order.length && isTied(values, order, start, end)) end++;
    const mean = (start + end - 1) / 2 - (values.length - 1) / 2;
    for (let at = start; at < end; at++) ranks[order[at]!] = mean;
  }
  return ranks;
}

const isTied = (
  values: ArrayLike<number>,
  order: readonly number[],
  one: number,
  other: number,
) => values[order[one]!] === values[order[other]!];

import { checkList } from "../../numeric/list.ts";
import { refuse } from "../../numeric/refuse.ts";

/** The mean of a measure over repetitions, and how far it can be trusted. */
export interface Spread {
  /** The mean of the repetitions, between the least and the largest. */
  mean: number;
  /**
   * The standard error of that mean, s / √n, with the sample's own standard
   * deviation s (n − 1 in its denominator).
   */
  standardError: number;
}

/**
 * Computes the mean of repeated measurements and its standard error.
 *
 * @throws {RangeError} If there are fewer than two, or one is not finite.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(spread([1, 3]), { mean: 2, standardError: 1 });
 * ```
 */
export function spread(values: ArrayLike<number>): Spread {
  const action = "compute a standard error";
  checkList(action, "values", values, { type: "number" });
  const all = Array.from(values);
  if (all.length < 2) refuse(action, "at least two values", `${all.length}`);
  // Equal values have that mean and no deviation, whatever rounding makes of
  // their sum.
  const least = all.reduce((a, b) => Math.min(a, b));
  const most = all.reduce((a, b) => Math.max(a, b));
  const sum = all.reduce((sum, value) => sum + value, 0);
  const mean = Math.min(most, Math.max(least, sum / all.length));
  const squares = all.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    standardError: Math.sqrt(squares / (all.length - 1) / all.length),
  };
}

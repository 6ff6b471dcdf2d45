/** The mean of a measure over repetitions, and how far it can be trusted. */
export interface Spread {
  /** The mean of the repetitions. */
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
  const all = Array.from(values);
  if (all.length < 2) {
    throw new RangeError(
      `Cannot compute a standard error: expected at least two values, got ${all.length}`,
    );
  }
  const bad = all.find((value) => !Number.isFinite(value));
  if (bad !== undefined) {
    throw new RangeError(
      `Cannot compute a standard error: expected finite values, got ${bad}`,
    );
  }
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const squares = all.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    standardError: Math.sqrt(squares / (all.length - 1) / all.length),
  };
}

/** The middle of some measurements, and how far they lie apart. */
export interface Summary {
  median: number;
  /** The least and the greatest. */
  spread: [least: number, greatest: number];
}

/**
 * Summarizes measurements.
 *
 * @param values At least one; their order does not matter.
 * @returns Of an even number of values, the mean of the two in the middle as
 * the median.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { median, spread } = medianAndSpread([10, 2, 4, 3]);
 * assert.equal(median, 3.5);
 * assert.deepEqual(spread, [2, 10]);
 * ```
 */
export function medianAndSpread(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half]!;
  const lower = sorted.at(-1 - half)!;
  return {
    median: (lower + upper) / 2,
    spread: [sorted[0]!, sorted.at(-1)!],
  };
}

/**
 * How many times as fast one is as another, round by round: a slow minute of
 * the machine meets both in the same round and cancels out. Rounds that one of them
 * had no part in are left out.
 *
 * @example Twice as fast in a fast round and in a slow one
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(ratio([200, 20], [100, 10]), { median: 2, spread: [2, 2] });
 * ```
 */
export function ratio(
  speeds: readonly number[],
  others: readonly number[],
): Summary {
  return medianAndSpread(
    speeds.slice(0, others.length)
      .map((speed, round) => speed / others[round]!),
  );
}

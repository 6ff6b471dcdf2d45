/**
 * Rounds to some significant digits: four are more than an eye sees in a
 * figure, and small in the file that a notebook is saved to.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(round(0.123456), 0.1235);
 * assert.equal(round(98765.4), 98770);
 * ```
 */
export function round(value: number, digits = 4): number {
  return Number(value.toPrecision(digits));
}

/**
 * The rounded values, with null, which Plotly leaves out, for what is not
 * finite.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(plotted([1 / 3, NaN]), [0.3333, null]);
 * ```
 */
export function plotted(
  values: ArrayLike<number>,
  digits?: number,
): (number | null)[] {
  return Array.from(
    values,
    (value) => Number.isFinite(value) ? round(value, digits) : null,
  );
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? sorted[middle]!
    : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Refuses a list that has nothing to draw, or whose length is not another's.
 *
 * @throws {RangeError} With what was expected and what came.
 */
export function checkCount(
  action: string,
  name: string,
  values: ArrayLike<unknown>,
  count?: number,
): void {
  if (values.length === 0 || values.length !== (count ?? values.length)) {
    throw new RangeError(
      `Cannot ${action}: expected ${
        count ?? "some"
      } ${name}, got ${values.length}`,
    );
  }
}

import { checkValue } from "../../numeric/domain.ts";
import { checkItems, checkLength, checkSome } from "../../numeric/list.ts";

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
 * Refuses what is not a list of numbers. NaN and ±Infinity are some: where a figure
 * takes them, they leave a gap.
 *
 * @param count How many there must be; left out, any number but none.
 * @throws {RangeError} With what was expected and what came.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * checkNumbers("draw", "values", [1, NaN], 2);
 * assert.throws(() => checkNumbers("draw", "values", [1, "2"]), {
 *   message: 'Cannot draw: expected values to be numbers, got "2" at 1',
 * });
 * ```
 */
export function checkNumbers(
  action: string,
  name: string,
  values: unknown,
  count?: number,
): asserts values is ArrayLike<number> {
  if (count === undefined) checkSome(action, name, values);
  checkLength(action, name, values, count);
  const isNumber = (value: unknown) => typeof value === "number";
  checkItems(action, `${name} to be numbers`, values, isNumber);
}

/**
 * Refuses a margin that cannot be drawn.
 *
 * @throws {RangeError} If it is not a finite number of 0 or more.
 */
export function checkMargin(action: string, margin: unknown): void {
  checkValue(action, "margin", margin, { type: "number", min: 0 });
}

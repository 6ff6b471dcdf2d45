import { checkItems, checkLength, checkSome } from "../../numeric/list.ts";

/** Counts, distances and margins. */
export const notNegative = { type: "number", min: 0 } as const;

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

/**
 * With how many significant digits values are plotted on one axis: four, and more
 * where they are so near to each other that four would make steps of a curve.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(digitsOf([0.1, 0.9]), 4);
 * assert.equal(digitsOf([0.99361, 0.99374]), 7);
 * ```
 */
export function digitsOf(values: readonly number[]): number {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (!(high > low)) return 4;
  return 4 +
    Math.min(6, Math.max(0, Math.floor(Math.log10(size / (high - low)))));
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? sorted[middle]!
    : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** More points than the figure has pixels would only make it heavy. */
const MOST_POINTS = 400;
/** The share of the run, on either side, that a smoothed value is the mean of. */
const SMOOTHING = 1 / 40;

/** Means of equally many neighbours, so that few enough values are left. */
export function thin(values: number[]): number[] {
  const group = Math.ceil(values.length / MOST_POINTS);
  return Array.from(
    { length: Math.ceil(values.length / group) },
    (_, i) => mean(values.slice(i * group, (i + 1) * group)),
  );
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** At each step, the mean of a twentieth of the run around it. */
export function smooth(values: number[]): number[] {
  const reach = Math.ceil(values.length * SMOOTHING);
  return values.map((_, i) =>
    mean(values.slice(Math.max(0, i - reach), i + reach + 1))
  );
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
 * checkPlotted("draw", "values", [1, NaN], 2);
 * assert.throws(() => checkPlotted("draw", "values", [1, "2"]), {
 *   message: 'Cannot draw: expected values to be numbers, got "2" at 1',
 * });
 * ```
 */
export function checkPlotted(
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

/**
 * Refuses what is not a whole number within bounds.
 *
 * @param action What is being done, the opening of an error's message.
 * @param name What the number is, such as "k".
 * @param reason What the upper bound is; nothing by default.
 * @throws {RangeError} If the value is no whole number in [from, to].
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * checkWhole("count sheep", "a flock", 3, 1, 5);
 * assert.throws(() => checkWhole("count sheep", "a flock", 9, 1, 5), {
 *   message: "Cannot count sheep: expected a flock from 1 to 5, got 9",
 * });
 * ```
 */
export function checkWhole(
  action: string,
  name: string,
  value: number,
  from: number,
  to: number,
  reason = "",
): void {
  if (Number.isInteger(value) && value >= from && value <= to) return;
  const range = to === Infinity
    ? `of ${from} or more`
    : `from ${from} to ${to}`;
  throw new RangeError(
    `Cannot ${action}: expected ${name} ${range}${
      reason && `, ${reason}`
    }, got ${value}`,
  );
}

/**
 * The format for an axis whose values are to be written in another: the same
 * kind, with as many digits as its ticks need and no more. With ".0%", Plotly
 * writes "99%, 99%, 100%" where ticks are half a percent apart.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual([".0%", ".1~%", ".2f", ",d"].map(axisFormat), [
 *   "~%",
 *   "~%",
 *   "~f",
 *   ",d",
 * ]);
 * ```
 */
export function axisFormat(format: string): string {
  return format.replace(/(?:\.\d+)?~?([f%])$/, "~$1");
}

import { round } from "../../figures/numbers.ts";

/**
 * Writes a number as d3-format does, for the part of its language that figures
 * use: `,` groups thousands, `.2` is a precision, `~` takes zeros off the end,
 * and the type is one of `f`, `%`, `g`, `e`, `d` or none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(formatNumber(0.9712, ".1%"), "97.1%");
 * assert.equal(formatNumber(60_000, ","), "60,000");
 * assert.equal(formatNumber(-0.5, ".4~g"), "−0.5");
 * ```
 */
export function formatNumber(value: number, format = ""): string {
  const [, comma, precision, trim, type] =
    /^(,?)(?:\.(\d+))?(~?)([f%geds]?)$/.exec(format) ?? [];
  const digits = precision === undefined ? undefined : Number(precision);
  const size = Math.abs(value);
  const forms: Record<string, () => string> = {
    f: () => size.toFixed(digits ?? 6),
    "%": () => (size * 100).toFixed(digits ?? 6),
    e: () => size.toExponential(digits ?? 6),
    d: () => size.toFixed(0),
    g: () => size.toPrecision(Math.max(1, digits ?? 6)),
  };
  const form = forms[type || (digits === undefined ? "" : "g")];
  // Without what floating-point addition leaves, as in 0.30000000000000004.
  const written = form?.() ?? String(round(size, 12));
  let [mantissa = "", exponent] = written.split("e");
  const shortens = trim || !type || /^\D*~/.test(format);
  if (shortens && mantissa.includes(".")) {
    mantissa = mantissa.replace(/\.?0+$/, "");
  }
  if (comma) {
    const [whole = "", ...rest] = mantissa.split(".");
    mantissa = [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...rest].join(".");
  }
  return (value < 0 ? "−" : "") + mantissa +
    (exponent === undefined ? "" : `e${exponent}`) + (type === "%" ? "%" : "");
}

/** A power of ten with a raised exponent, such as 10⁻³. */
export function powerOfTen(exponent: number): string {
  const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  return `10${
    String(exponent).replaceAll(/\d/g, (digit) => raised[Number(digit)]!)
      .replace("-", "⁻")
  }`;
}

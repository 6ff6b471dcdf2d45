import type { Interval } from "../../evaluation/statistics/wilson.ts";
import { tableBundle } from "../../plots/tables/table.ts";
import { hundredths, percent } from "./report.ts";
import type { Section } from "./section.ts";

/** A section as the terminal shows it. */
export function sectionText({ title, tables, notes }: Section): string {
  const parts = [
    ...tables.map((table) => tableBundle(table)["text/plain"] as string),
    ...(notes.length > 0 ? [notes.join("\n")] : []),
  ];
  return [title, ...parts.map(indented)].join("\n\n");
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}

/** A whole number with its thousands apart. */
export function whole(value: number): string {
  return value.toLocaleString("en-US");
}

/**
 * A share that was counted, with its 95 % interval.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(between(0.5, [0.42, 0.581]), "50.00 % (42.00–58.10)");
 * ```
 */
export function between(rate: number, [low, high]: Interval): string {
  return `${percent(rate)} (${hundredths(low)}–${hundredths(high)})`;
}

/**
 * A small rate by its power of ten.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(power(1e-3), "10⁻³");
 * assert.equal(power(0.00923), "9.23 × 10⁻³");
 * assert.equal(power(0), "0");
 * ```
 */
export function power(rate: number): string {
  if (rate === 0) return "0";
  const [factor, exponent = ""] = rate.toExponential(2).split("e");
  const raised = exponent.replace("+", "").replaceAll(
    /[-\d]/g,
    (sign) => sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)]!,
  );
  return factor === "1.00" ? `10${raised}` : `${factor} × 10${raised}`;
}

import type { BaselineReports } from "../../evaluation/classification/baselines.ts";
import { writeWholeFile } from "../../files/whole_file.ts";

/** Beyond this many, digits of a share say nothing. */
const mostDigits = 8;

/**
 * A share as people read it.
 *
 * @param digits After the point; more where what is neither nothing nor all would
 * read as if it were.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(percent(0.99617), "99.62 %");
 * assert.equal(percent(0.99617, 0), "99.6 %");
 * assert.equal(percent(0.0000321), "0.0032 %");
 * assert.equal(percent(1), "100.00 %");
 * ```
 */
export function percent(part: number, digits = 2): string {
  return `${hundredths(part, digits)} %`;
}

/**
 * How many digits after the point a table of shares needs, so that the smallest of
 * their errors has two; 2 to 4.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(digitsForErrors([0.000074, 0.000022]), 4);
 * assert.equal(digitsForErrors([0.01, 0]), 2);
 * ```
 */
export function digitsForErrors(errors: readonly number[]): number {
  const least = Math.min(...errors.filter((error) => error > 0));
  const digits = 1 - Math.floor(Math.log10(100 * least));
  return Number.isFinite(digits) ? Math.min(4, Math.max(2, digits)) : 2;
}

/** A share as {@linkcode percent} writes it, without its sign. */
export function hundredths(part: number, digits = 2): string {
  const value = 100 * Math.abs(part);
  const written = value.toFixed(digits);
  if (Number(written) !== 0 && Number(written) !== 100) {
    return (100 * part).toFixed(digits);
  }
  // How far it is from nothing, or from all.
  const rest = Math.abs(value - Number(written));
  const needed = rest < 10 ** -mostDigits
    ? 0
    : -Math.floor(Math.log10(rest * (1 + 1e-9)));
  // Two digits of a small share, one of what a large one lacks.
  const more = needed + (Number(written) === 0 ? 1 : 0);
  return (100 * part).toFixed(needed === 0 ? digits : Math.max(digits, more));
}

/**
 * The three accuracies, one to a line.
 *
 * @param leftOut The digits that were left out of training, and so have no part in
 * the accuracies.
 */
export function accuracyLines(
  { trained, untrained, rawPixels }: BaselineReports,
  leftOut: readonly number[] = [],
): string {
  const of = untrained.testImages < trained.testImages
    ? `  (of ${untrained.testImages})`
    : "";
  const without = leftOut.length > 0 ? ` without ${leftOut.join(", ")}` : "";
  return [
    `Nearest-centroid accuracy on ${trained.testImages} test images${without}:`,
    `  trained network    ${percent(trained.accuracy)}`,
    `  untrained network  ${percent(untrained.accuracy)}${of}`,
    `  raw pixels         ${percent(rawPixels.accuracy)}`,
  ].join("\n");
}

/** Writes a value as a JSON file, whole or not at all. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value, null, 2) + "\n";
  await writeWholeFile(path, new TextEncoder().encode(text));
}

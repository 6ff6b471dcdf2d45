import type { GrayPicture } from "../drawing/gray_picture.ts";

/** How often what is no paper is left out and the paper fitted anew. */
const rounds = 6;

/** Of how many pixels, about, the paper is fitted. */
const someSamples = 4000;

/** In how many columns these lie, at least, where there are so many. */
const leastColumns = 20;

/** What is left of a picture without its paper, and how much of it is noise. */
export interface WithoutPaper {
  /** The picture minus the paper, `[height, width]`. */
  rest: Float64Array;
  /** The standard deviation of the paper itself. */
  noise: number;
}

/**
 * Takes the paper out of a photograph: a surface of second degree, which follows
 * shadows and vignettes, is fitted to the pixels, again and again without those that
 * lie far off, which are ink.
 *
 * @example A gray ramp is paper alone
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const pixels = Uint8Array.from({ length: 400 }, (_, i) => 100 + i % 20 * 5);
 * const { rest } = withoutPaper({ pixels, height: 20, width: 20 });
 * assert.ok(rest.every((value) => Math.abs(value) < 1));
 * ```
 */
export function withoutPaper(
  { pixels, height, width }: GrayPicture,
): WithoutPaper {
  const terms = (i: number) => {
    const x = (i % width) / width - 0.5;
    const y = Math.floor(i / width) / height - 0.5;
    return [1, x, y, x * x, x * y, y * y];
  };
  const step = stepOf(pixels.length, width);
  const samples = Array.from(
    { length: Math.ceil(pixels.length / step) },
    (_, k) => k * step,
  ).map((i) => ({ terms: terms(i), value: pixels[i]! }));
  const surface = (coefficients: number[], at: number[]) =>
    at.reduce((sum, term, k) => sum + term * coefficients[k]!, 0);
  const median = (values: number[]) =>
    values.toSorted((a, b) => a - b)[values.length >> 1]!;

  let coefficients = [median(samples.map(({ value }) => value)), 0, 0, 0, 0, 0];
  let noise = 0;
  for (let round = 0; round < rounds; round++) {
    const off = samples.map(({ terms, value }) =>
      Math.abs(value - surface(coefficients, terms))
    );
    noise = 1.4826 * median(off);
    // At first the surface is flat, and what is paper is the nearer half.
    const far = Math.max(2, (round === 0 ? 1 : 2.5) * noise);
    coefficients = fit(samples.filter((_, i) => off[i]! <= far)) ??
      coefficients;
  }
  const rest = Float64Array.from(
    pixels,
    (value, i) => value - surface(coefficients, terms(i)),
  );
  return { rest, noise };
}

/** From a sample to the next, row after row; not always to the same few columns. */
function stepOf(count: number, width: number): number {
  let step = Math.max(1, Math.floor(count / someSamples));
  const divisor = (a: number, b: number): number =>
    b === 0 ? a : divisor(b, a % b);
  while (width / divisor(width, step) < Math.min(width, leastColumns)) step++;
  return step;
}

/** Least squares by the normal equations; nothing if they have no one solution. */
function fit(
  samples: readonly { terms: number[]; value: number }[],
): number[] | undefined {
  const rows = Array.from({ length: 6 }, () => new Array<number>(7).fill(0));
  for (const { terms, value } of samples) {
    terms.forEach((a, i) => {
      terms.forEach((b, j) => rows[i]![j]! += a * b);
      rows[i]![6]! += a * value;
    });
  }
  for (let i = 0; i < 6; i++) {
    const pivot = rows[i]![i]!;
    if (Math.abs(pivot) < 1e-9) return undefined;
    for (let k = 0; k < 6; k++) {
      if (k === i) continue;
      const factor = rows[k]![i]! / pivot;
      for (let j = i; j < 7; j++) rows[k]![j]! -= factor * rows[i]![j]!;
    }
  }
  return rows.map((row, i) => row[6]! / row[i]!);
}

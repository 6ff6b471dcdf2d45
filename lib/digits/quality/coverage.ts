/** The old pixels that a new one covers, and the part of it that each fills. */
export interface Coverage {
  /** The first of them. */
  first: number;
  /** One share for each, from `first` on; they add up to 1 inside of the side. */
  shares: number[];
}

/**
 * What the new pixels of a scaled side cover. The mean of what a pixel covers is
 * its value where an image is shrunk by area, so that no old pixel is left out.
 *
 * @param size How many pixels the side has, 1 or more.
 * @param scale Its length afterwards, divided by `size`.
 * @returns One for each new pixel; the last may reach beyond the side.
 *
 * @example Three pixels become two
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const [left, right] = coverage(3, 2 / 3);
 * assert.deepEqual([left!.first, right!.first], [0, 1]);
 * assert.deepEqual(left!.shares.map((share) => share.toFixed(2)), ["0.67", "0.33"]);
 * assert.deepEqual(right!.shares.map((share) => share.toFixed(2)), ["0.33", "0.67"]);
 * ```
 */
export function coverage(size: number, scale: number): Coverage[] {
  // A side that ends on a pixel's edge does not begin another one by rounding.
  const count = Math.max(1, Math.ceil(size * scale - 1e-9));
  return Array.from({ length: count }, (_, place) => {
    const [start, end] = [place / scale, (place + 1) / scale];
    const first = Math.min(Math.floor(start), size - 1);
    const last = Math.min(Math.ceil(end - 1e-9), size);
    const shares = Array.from({ length: last - first }, (_, k) => {
      const from = Math.max(start, first + k);
      const to = Math.min(end, first + k + 1);
      return Math.max(0, to - from) * scale;
    });
    return { first, shares };
  });
}

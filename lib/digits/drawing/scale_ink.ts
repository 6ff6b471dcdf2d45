import { coverage } from "../quality/coverage.ts";
import type { InkBox } from "./find_ink.ts";
import type { GrayPicture } from "./gray_picture.ts";

/**
 * Scales a rectangle of a picture, the same in both directions, until its longer
 * side has a number of pixels. Each new pixel is the mean of the area that it
 * covers, so that edges become gray; past the rectangle there is nothing.
 *
 * @param options Of `longest` pixels is the longer side; values of at most
 * `background` count as 0.
 *
 * @example Two pixels become one
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const picture = { pixels: Uint8Array.of(200, 100, 0), height: 1, width: 3 };
 * const box = { top: 0, left: 0, height: 1, width: 2 };
 * const scaled = scaleInk(picture, box, { longest: 1, background: 0 });
 * assert.deepEqual([...scaled.pixels], [75]); // Half a row is ink.
 * ```
 */
export function scaleInk(
  { pixels, width: stride }: GrayPicture,
  { top, left, height, width }: InkBox,
  { longest, background }: { longest: number; background: number },
): GrayPicture {
  const scale = longest / Math.max(height, width);
  const down = coverage(height, scale);
  const across = coverage(width, scale);
  // First along each row, then down each new column.
  const rows = new Float64Array(height * across.length);
  for (let row = 0; row < height; row++) {
    const start = (top + row) * stride + left;
    across.forEach(({ first, shares }, column) => {
      let sum = 0;
      shares.forEach((share, k) => {
        const value = pixels[start + first + k]!;
        if (value > background) sum += share * value;
      });
      rows[row * across.length + column] = sum;
    });
  }
  const scaled = new Uint8Array(down.length * across.length);
  down.forEach(({ first, shares }, row) => {
    for (let column = 0; column < across.length; column++) {
      let sum = 0;
      shares.forEach((share, k) => {
        sum += share * rows[(first + k) * across.length + column]!;
      });
      scaled[row * across.length + column] = Math.round(sum);
    }
  });
  return { pixels: scaled, height: down.length, width: across.length };
}

import { coverage } from "./coverage.ts";

/**
 * Shrinks gray images: each new pixel is the mean of the area that it covers, as a
 * sensor with larger pixels would see it. Where there are more pixels than before, an
 * old pixel is repeated.
 *
 * @param images `[count, height, width]`.
 * @param shape The count, height and width of `images`.
 * @param pixels Height and width afterwards.
 * @returns `[count, pixels, pixels]`, not rounded.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const image = Float32Array.of(0, 8, 4, 0);
 * assert.deepEqual([...shrinkByArea(image, [1, 2, 2], 1)], [3]);
 * ```
 */
export function shrinkByArea(
  images: Float32Array,
  [count, height, width]: readonly [number, number, number],
  pixels: number,
): Float32Array {
  const rows = coverage(height, pixels / height);
  const columns = coverage(width, pixels / width);
  const small = new Float32Array(count * pixels * pixels);
  let place = 0;
  for (let image = 0; image < count; image++) {
    for (const row of rows) {
      for (const column of columns) {
        let sum = 0;
        row.shares.forEach((down, y) => {
          const start = (image * height + row.first + y) * width + column.first;
          column.shares.forEach((across, x) => {
            sum += down * across * images[start + x]!;
          });
        });
        small[place++] = sum;
      }
    }
  }
  return small;
}

import type { GrayPicture } from "../drawing/gray_picture.ts";

/**
 * Takes away spots of ink that are small beside the largest: dust, and the noise of
 * a camera. Ink is in one spot where its pixels touch, also at corners.
 *
 * @param share What part of the largest spot's pixels a spot must have to stay.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const pixels = Uint8Array.of(9, 9, 9, 9, 0, 0, 9);
 * const { pixels: kept } = removeSpecks({ pixels, height: 1, width: 7 }, 0.5);
 * assert.deepEqual([...kept], [9, 9, 9, 9, 0, 0, 0]);
 * ```
 */
export function removeSpecks(
  { pixels, height, width }: GrayPicture,
  share: number,
): GrayPicture {
  const spots: number[][] = [];
  const seen = new Uint8Array(pixels.length);
  for (let start = 0; start < pixels.length; start++) {
    if (pixels[start] === 0 || seen[start]) continue;
    const spot = [start];
    seen[start] = 1;
    for (const at of spot) {
      const [row, column] = [Math.floor(at / width), at % width];
      for (
        let y = Math.max(0, row - 1);
        y <= Math.min(height - 1, row + 1);
        y++
      ) {
        for (
          let x = Math.max(0, column - 1);
          x <= Math.min(width - 1, column + 1);
          x++
        ) {
          const next = y * width + x;
          if (pixels[next] === 0 || seen[next]) continue;
          seen[next] = 1;
          spot.push(next); // the loop comes to it
        }
      }
    }
    spots.push(spot);
  }
  // A large photograph has more spots than a function may have arguments.
  const largest = spots.reduce((most, { length }) => Math.max(most, length), 0);
  const kept = new Uint8Array(pixels.length);
  for (const spot of spots) {
    if (spot.length < share * largest) continue;
    for (const at of spot) kept[at] = pixels[at]!;
  }
  return { pixels: kept, height, width };
}

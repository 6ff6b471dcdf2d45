import type { GrayPicture } from "./gray_picture.ts";

/** A rectangle of a picture, in pixels. */
export interface InkBox {
  top: number;
  left: number;
  height: number;
  width: number;
}

/**
 * The smallest rectangle that has all pixels above a value, or none where there is
 * no such pixel.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const picture = { pixels: Uint8Array.of(0, 3, 9, 8), height: 1, width: 4 };
 * const box = { top: 0, left: 2, height: 1, width: 2 };
 * assert.deepEqual(findInk(picture, 3), box);
 * ```
 */
export function findInk(
  { pixels, height, width }: GrayPicture,
  background: number,
): InkBox | undefined {
  let [top, bottom, left, right] = [height, 0, width, 0];
  for (let row = 0, i = 0; row < height; row++) {
    for (let column = 0; column < width; column++, i++) {
      if (pixels[i]! <= background) continue;
      if (row < top) top = row;
      if (column < left) left = column;
      if (column >= right) right = column + 1;
      bottom = row + 1;
    }
  }
  if (bottom === 0) return undefined;
  return { top, left, height: bottom - top, width: right - left };
}

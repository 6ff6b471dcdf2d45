import { checkValue } from "../../numeric/domain.ts";
import { enlarge } from "./enlarge.ts";
import { checkGray, side } from "./gray_images.ts";
import { shrinkByArea } from "./shrink_by_area.ts";

/**
 * Gives gray images back with fewer pixels: shrunk to n×n, where each pixel is the
 * mean of the area that it covers, and enlarged again to their own size between
 * the pixels' centers. What is finer than the small image's pixels is lost; size and
 * place stay, and a network sees images of the size that it knows.
 *
 * @param images `[count, height, width]`, 0 to 255; they stay as they are.
 * @param shape The count, height and width of `images`, 1 to 4,096 each side.
 * @param pixels Height and width of the small image, n.
 * @returns Images of the same shape, rounded to whole numbers.
 * @throws {RangeError} If `images` has not the length that `shape` says, or
 * `pixels` is not a whole number from 1 to 4,096.
 *
 * @example As many pixels as before change nothing
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const image = Uint8Array.of(0, 9, 0, 9, 255, 9, 0, 9, 0);
 * assert.deepEqual(reducePixels(image, [1, 3, 3], 3), image);
 * const mean = reducePixels(image, [1, 3, 3], 1);
 * assert.equal(mean[4], 32); // (255 + 4 · 9) / 9
 * ```
 */
export function reducePixels(
  images: Uint8Array,
  shape: readonly [number, number, number],
  pixels: number,
): Uint8Array {
  const action = "reduce pixels";
  checkGray(action, images, shape);
  checkValue(action, "pixels", pixels, side);
  const [count, height, width] = shape;
  const small = shrinkByArea(Float32Array.from(images), shape, pixels);
  const large = enlarge(small, [count, pixels, pixels], [height, width]);
  return Uint8Array.from(
    large,
    (value) => Math.min(Math.max(Math.round(value), 0), 255),
  );
}

import { refuse } from "../../numeric/refuse.ts";
import { checkRoom } from "../../numeric/shape.ts";
import { resizeBicubic } from "../quality/bicubic.ts";
import type { ByteArray } from "./idx.ts";

/** The height and width that MNIST's images have, and the network takes. */
const usual = 28;

/**
 * Makes images square and of one size: those of 28×28 pixels are taken as they are,
 * others are scaled by bicubic convolution if a size is given.
 *
 * @param images `[count, height, width]`
 * @param scaleTo The side of the images to be made; without one, 28×28 pixels are
 * expected.
 * @returns `[count, side, side]`; the same bytes where nothing is to be scaled.
 * @throws {RangeError} If the images are not square, or of another size while none
 * is given.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const one = { shape: [1, 1, 1], data: Uint8Array.of(9) };
 * assert.deepEqual([...squareImages("scale", one, 2).data], [9, 9, 9, 9]);
 * assert.throws(() => squareImages("scale", one), {
 *   message:
 *     "Cannot scale: expected images of 28×28 pixels, got 1×1; `scaleTo: 28` scales them",
 * });
 * ```
 */
export function squareImages(
  action: string,
  images: ByteArray,
  scaleTo?: number,
): ByteArray {
  const [count, height, width] = images.shape as [number, number, number];
  if (height !== width) {
    refuse(
      action,
      "square images",
      `${height}×${width}; give them black borders first`,
    );
  }
  if (height === (scaleTo ?? usual)) return images;
  if (scaleTo === undefined) {
    refuse(
      action,
      `images of ${usual}×${usual} pixels`,
      `${height}×${width}; \`scaleTo: ${usual}\` scales them`,
    );
  }
  if (height === 0) refuse(action, "images with pixels", "0×0");
  checkRoom(action, "scaled images", [count, scaleTo, scaleTo], 1);
  const from = height * width;
  const to = scaleTo * scaleTo;
  const data = new Uint8Array(count * to);
  // One by one, so that only one of them is held as floats.
  for (let i = 0; i < count; i++) {
    const gray = Float32Array.from(
      images.data.subarray(i * from, (i + 1) * from),
    );
    const scaled = resizeBicubic(gray, [1, height, width], [scaleTo, scaleTo]);
    // The kernel passes 0 and 255 a little.
    data.set(
      scaled.map((value) => Math.round(Math.min(Math.max(value, 0), 255))),
      i * to,
    );
  }
  return { shape: [count, scaleTo, scaleTo], data };
}

/**
 * Swaps the rows and columns of square images, in place.
 *
 * @param images `[count, side, side]`
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const data = Uint8Array.of(1, 2, 3, 4);
 * transposeImages({ shape: [1, 2, 2], data });
 * assert.deepEqual([...data], [1, 3, 2, 4]);
 * ```
 */
export function transposeImages({ shape, data }: ByteArray): void {
  const [count, side] = shape as [number, number, number];
  for (let i = 0; i < count; i++) {
    const image = data.subarray(i * side * side, (i + 1) * side * side);
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < row; column++) {
        const [here, there] = [row * side + column, column * side + row];
        const held = image[here]!;
        image[here] = image[there]!;
        image[there] = held;
      }
    }
  }
}

import { fromWaves, toWaves } from "./dct.ts";
import { checkGray } from "./gray_images.ts";
import { jpegSteps } from "./jpeg_steps.ts";

/**
 * Gives gray images back as they are after JPEG: saved with a quality and opened
 * again. Nothing is written: what JPEG loses, it loses by rounding the waves of
 * blocks of 8×8 pixels, and the rest of the format is exact.
 *
 * A side that is no multiple of 8 is filled up with its last pixel, as JPEG's
 * encoders do: 28×28 pixels take 4×4 blocks. All values are equal to those of
 * libjpeg's accurate transform ("islow", its default).
 *
 * @param images `[count, height, width]`, 0 to 255; they stay as they are.
 * @param shape The count, height and width of `images`, 1 to 4,096 each side.
 * @param quality 1 (a few waves remain) to 100 (nearly all is kept).
 * @returns Images of the same shape.
 * @throws {RangeError} If `images` has not the length that `shape` says, or the
 * quality is not a whole number from 1 to 100.
 *
 * Source: ITU-T T.81 (1992), annex A.3.
 *
 * @example A point is smeared over its block
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const image = new Uint8Array(64);
 * image[27] = 255;
 * const [fine, coarse] = [95, 5].map((quality) =>
 *   compressAsJpeg(image, [1, 8, 8], quality)
 * );
 * assert.ok(Math.abs(fine![27]! - 255) < 10);
 * assert.ok(coarse![27]! < 100);
 * ```
 */
export function compressAsJpeg(
  images: Uint8Array,
  shape: readonly [number, number, number],
  quality: number,
): Uint8Array {
  checkGray("compress images as JPEG", images, shape);
  const steps = Int32Array.from(jpegSteps(quality));
  const [count, height, width] = shape;
  const result = new Uint8Array(images.length);
  const block = new Int32Array(64);
  for (let i = 0; i < count; i++) {
    const from = images.subarray(i * height * width, (i + 1) * height * width);
    const to = result.subarray(i * height * width, (i + 1) * height * width);
    for (let top = 0; top < height; top += 8) {
      for (let left = 0; left < width; left += 8) {
        readBlock(from, [height, width], [top, left], block);
        toWaves(block);
        for (let k = 0; k < 64; k++) block[k] = rounded(block[k]!, steps[k]!);
        fromWaves(block);
        writeBlock(block, to, [height, width], [top, left]);
      }
    }
  }
  return result;
}

/** The multiple of a step that is nearest; a half goes away from 0. */
function rounded(eightTimes: number, step: number): number {
  const size = Math.floor((Math.abs(eightTimes) + 4 * step) / (8 * step));
  return (eightTimes < 0 ? -size : size) * step;
}

/** Places of a block beyond the image get the nearest pixel. */
function readBlock(
  image: Uint8Array,
  [height, width]: readonly [number, number],
  [top, left]: readonly [number, number],
  block: Int32Array,
): void {
  for (let k = 0; k < 64; k++) {
    const y = Math.min(top + (k >> 3), height - 1);
    const x = Math.min(left + (k & 7), width - 1);
    block[k] = image[y * width + x]! - 128;
  }
}

function writeBlock(
  block: Int32Array,
  image: Uint8Array,
  [height, width]: readonly [number, number],
  [top, left]: readonly [number, number],
): void {
  const [bottom, right] = [
    Math.min(top + 8, height),
    Math.min(left + 8, width),
  ];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const value = block[(y - top) * 8 + x - left]! + 128;
      image[y * width + x] = Math.min(Math.max(value, 0), 255);
    }
  }
}

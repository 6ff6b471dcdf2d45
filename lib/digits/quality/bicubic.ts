import { checkWhole } from "../../numeric/domain.ts";
import { checkRoom } from "../../numeric/shape.ts";
import { checkLength, checkList } from "../../numeric/list.ts";
import { refuse, shown } from "../../numeric/refuse.ts";

/**
 * For each place of one output axis the four inputs that it is made of.
 */
interface Taps {
  /** `[size, 4]` */
  indices: Int32Array;
  /** `[size, 4]`; each four sum to 1. */
  weights: Float32Array;
}

/**
 * Resizes images by bicubic convolution with aligned corners: the outermost
 * pixels stay where they are and the edges continue with their last value.
 * Equal to TensorFlow's `tf.compat.v1.image.resize_bicubic` with
 * `align_corners=True`. The values may pass the range of the input a little,
 * as the kernel has negative parts.
 *
 * The kernel is Keys' (Cubic convolution interpolation for digital image
 * processing, 1981) with a = −0.75, as in TensorFlow, where Keys recommends
 * −0.5.
 *
 * @param images `[count, height, width]`, any scale of values.
 * @param shape The count, height and width of `images`.
 * @param size The height and width to resize to.
 * @returns `[count, size[0], size[1]]`
 * @throws {RangeError} If a height or width is not a whole number from 1 to 2²⁴,
 * `images` has not the length that `shape` says, or the result would take more
 * than 4 GiB.
 *
 * @example The corners stay and the middle of a step is its mean
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const resized = resizeBicubic(Float32Array.of(0, 1), [1, 1, 2], [1, 3]);
 * assert.deepEqual([...resized], [0, 0.5, 1]);
 * ```
 */
export function resizeBicubic(
  images: Float32Array,
  shape: readonly [number, number, number],
  size: readonly [number, number],
): Float32Array {
  const action = "resize images";
  checkLength(action, "numbers as the shape", shape, 3);
  const [count, ...sides] = shape;
  checkWhole(action, "the count", count, 0, Infinity);
  checkList(action, "height and width", sides, side);
  checkList(action, "numbers as the size", size, side, 2);
  const [[height, width], [outHeight, outWidth]] = [sides, size];
  checkValues(action, images, shape);
  checkRoom(action, "widened images", [count, height, outWidth]);
  checkRoom(action, "resized images", [count, outHeight, outWidth]);
  // Rows before columns: a row is widened once and used by many output rows.
  const wide = resizeRows(images, count * height, width, outWidth);
  return resizeColumns(wide, count, height, outWidth, outHeight);
}

/** Up to here float32 has every position of a pixel. */
const side = { type: "integer", min: 1, max: 2 ** 24 } as const;

function checkValues(
  action: string,
  images: Float32Array,
  shape: readonly number[],
): void {
  if (!(images instanceof Float32Array)) {
    refuse(action, "images in a Float32Array", shown(images));
  }
  const count = shape.reduce((product, length) => product * length);
  if (images.length === count) return;
  refuse(action, `${shape.join("×")} values`, `${images.length}`);
}

/** `[rows, width]` → `[rows, outWidth]` */
function resizeRows(
  input: Float32Array,
  rows: number,
  width: number,
  outWidth: number,
): Float32Array {
  const { indices, weights } = bicubicTaps(width, outWidth);
  const output = new Float32Array(rows * outWidth);
  for (let row = 0; row < rows; row++) {
    const start = row * width;
    for (let x = 0; x < outWidth; x++) {
      let sum = 0;
      for (let tap = 4 * x; tap < 4 * x + 4; tap++) {
        sum += weights[tap]! * input[start + indices[tap]!]!;
      }
      output[row * outWidth + x] = sum;
    }
  }
  return output;
}

/** `[count, height, width]` → `[count, outHeight, width]` */
function resizeColumns(
  input: Float32Array,
  count: number,
  height: number,
  width: number,
  outHeight: number,
): Float32Array {
  const { indices, weights } = bicubicTaps(height, outHeight);
  const output = new Float32Array(count * outHeight * width);
  for (let image = 0; image < count; image++) {
    for (let tap = 0; tap < 4 * outHeight; tap++) {
      const weight = weights[tap]!;
      const from = (image * height + indices[tap]!) * width;
      const to = (image * outHeight + (tap >> 2)) * width;
      for (let x = 0; x < width; x++) {
        output[to + x]! += weight * input[from + x]!;
      }
    }
  }
  return output;
}

// TensorFlow looks the kernel up at 1,024 places between two pixels and finds
// the position of a pixel in single precision; both change the fourth decimal.
const places = 1024;

function bicubicTaps(size: number, outSize: number): Taps {
  const scale = outSize > 1
    ? Math.fround((size - 1) / (outSize - 1))
    : size / outSize;
  const indices = new Int32Array(4 * outSize);
  const weights = new Float32Array(4 * outSize);
  for (let i = 0; i < outSize; i++) {
    const position = Math.fround(i * scale);
    const before = Math.floor(position);
    const offset = roundHalfToEven((position - before) * places) / places;
    for (let tap = 0; tap < 4; tap++) {
      const index = before + tap - 1;
      indices[4 * i + tap] = Math.min(Math.max(index, 0), size - 1);
      weights[4 * i + tap] = keysKernel(Math.abs(offset + 1 - tap));
    }
  }
  return { indices, weights };
}

/** The weight of a pixel at the given distance, 0 to 2. */
function keysKernel(x: number): number {
  const a = -0.75;
  return x <= 1
    ? ((a + 2) * x - (a + 3)) * x * x + 1
    : ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
}

function roundHalfToEven(x: number): number {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}

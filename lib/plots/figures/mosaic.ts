import type * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../../digits/dataset.ts";
import { checkIndices } from "../../digits/select_images.ts";
import { checkList } from "../../numeric/list.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import { checkShape } from "../../numeric/shape.ts";
import { readValues } from "../../numeric/tensor_values.ts";
import type { Picture } from "../encode/png.ts";

/** Images of one size, `[count, height, width, channels]`, 0 to 255. */
export interface Tiles extends Picture {
  count: number;
}

/** The tiles of a dataset's images, as they are. */
export function datasetTiles(
  { images, count, height, width }: Dataset,
  indices: ArrayLike<number>,
): Tiles {
  checkIndices(indices, count);
  const size = height * width;
  const pixels = new Uint8Array(indices.length * size);
  for (let i = 0; i < indices.length; i++) {
    const start = indices[i]! * size;
    pixels.set(images.subarray(start, start + size), i * size);
  }
  return { pixels, count: indices.length, height, width, channels: 1 };
}

/** Whether a tensor's shape is that of an image or a batch of images. */
export function isImageLike(tensor: tf.Tensor): boolean {
  const [height = 0, width = 0, channels] = tensor.shape.slice(-3);
  return (tensor.rank === 3 || tensor.rank === 4) &&
    (channels === 1 || channels === 3) && Math.min(height, width) >= 8;
}

/**
 * The tiles of a tensor `[n, height, width, channels]` or one image of it, with
 * 1 or 3 channels. Values in [0, 1] are taken as 0 to 255; if there are others,
 * the smallest becomes 0 and the largest 255.
 *
 * @throws {RangeError} If the tensor has another shape, a value is not finite, or a
 * GPU has to be waited for.
 */
export function tensorTiles(tensor: tf.Tensor): Tiles {
  const action = "draw images";
  // An image is a batch of one.
  const batch = tensor.shape?.length === 3 ? ["height"] : ["n", "height"];
  const expected = [...batch, "width", "1 or 3"];
  checkShape(action, "images", tensor, expected);
  const [height, width, channels] = tensor.shape.slice(-3);
  if (channels !== 1 && channels !== 3) {
    refuse(action, `images of shape [${expected.join(", ")}]`, shown(tensor));
  }
  const count = tensor.rank === 4 ? tensor.shape[0]! : 1;
  const values = readValues(action, tensor);
  checkList(action, "values", values, { type: "number" });
  let [low, high] = [0, 1];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const pixels = Uint8Array.from(
    values,
    (value) => Math.round(255 * (value - low) / (high - low)),
  );
  return { pixels, count, height: height!, width: width!, channels };
}

/**
 * The tiles with every pixel repeated, `times` to the right and down.
 *
 * @example One pixel becomes four
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { pixels, width } = enlarge(
 *   { pixels: Uint8Array.of(7), count: 1, height: 1, width: 1, channels: 1 },
 *   2,
 * );
 * assert.deepEqual([[...pixels], width], [[7, 7, 7, 7], 2]);
 * ```
 */
export function enlarge(tiles: Tiles, times: number): Tiles {
  if (times === 1) return tiles;
  const { count, channels } = tiles;
  const [height, width] = [tiles.height * times, tiles.width * times];
  const pixels = new Uint8Array(count * height * width * channels);
  for (let row = 0; row < count * height; row++) {
    const from = Math.floor(row / times) * tiles.width;
    for (let x = 0; x < width; x++) {
      const pixel = (from + Math.floor(x / times)) * channels;
      pixels.set(
        tiles.pixels.subarray(pixel, pixel + channels),
        (row * width + x) * channels,
      );
    }
  }
  return { pixels, count, height, width, channels };
}

/** A grid of tiles, measured in pixels of the images. */
export interface MosaicLayout {
  /** How many tiles are in a row. */
  columns: number;
  /** White space between columns. */
  gap: number;
  /** White space above each row, for captions. */
  head: number;
}

/**
 * Lays tiles out in rows, on white.
 *
 * @example Two black tiles of one pixel beside each other
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { pixels } = mosaic(
 *   { pixels: new Uint8Array(2), count: 2, height: 1, width: 1, channels: 1 },
 *   { columns: 2, gap: 1, head: 0 },
 * );
 * assert.deepEqual([...pixels], [0, 255, 0]);
 * ```
 */
export function mosaic(
  tiles: Tiles,
  { columns, gap, head }: MosaicLayout,
): Picture {
  const { channels, count } = tiles;
  const height = Math.ceil(count / columns) * (tiles.height + head);
  const width = columns * (tiles.width + gap) - gap;
  const pixels = new Uint8Array(height * width * channels).fill(255);
  const stride = tiles.width * channels;
  for (let row = 0; row < count * tiles.height; row++) {
    const tile = Math.floor(row / tiles.height);
    const top = Math.floor(tile / columns) * (tiles.height + head) + head;
    const left = tile % columns * (tiles.width + gap);
    const y = top + row % tiles.height;
    pixels.set(
      tiles.pixels.subarray(row * stride, (row + 1) * stride),
      (y * width + left) * channels,
    );
  }
  return { pixels, height, width, channels };
}

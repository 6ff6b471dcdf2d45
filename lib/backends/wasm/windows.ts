/**
 * How a convolution looks to the micro-kernels: an address for the window of
 * every output pixel, and within a window the stretches that lie contiguously
 * in memory.
 *
 * @module
 */
import type { Host } from "./host.ts";

/** Zeros around an image, in pixels. */
export interface Padding {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** A batch of images in memory, `[count, height, width, channels]`. */
export interface Images {
  address: number;
  count: number;
  height: number;
  width: number;
  channels: number;
}

/**
 * Copies images `first` to `first + count` into working memory with zeros
 * around them; without padding they are used where they are.
 */
export function padImages(
  host: Host,
  images: Images,
  padding: Padding,
  first: number,
  count: number,
): Images {
  const { height, width, channels } = images;
  const { top, bottom, left, right } = padding;
  const imageBytes = height * width * channels * 4;
  const source = images.address + first * imageBytes;
  if (Math.max(top, bottom, left, right) === 0) {
    return { ...images, address: source, count };
  }
  const paddedHeight = top + height + bottom;
  const paddedWidth = left + width + right;
  const rowBytes = paddedWidth * channels * 4;
  const paddedBytes = paddedHeight * rowBytes;
  const address = host.scratch("padded images", count * paddedBytes);
  host.floats().fill(0, address / 4, (address + count * paddedBytes) / 4);
  for (let image = 0; image < count; image++) {
    host.call.copyRows!(
      source + image * imageBytes,
      width * channels * 4,
      address + image * paddedBytes + top * rowBytes + left * channels * 4,
      rowBytes,
      width * channels * 4,
      height,
    );
  }
  return {
    address,
    count,
    height: paddedHeight,
    width: paddedWidth,
    channels,
  };
}

/** A grid of pixels: every `step`-th from a first one on. */
export interface Grid {
  rows: number;
  columns: number;
  rowStep: number;
  columnStep: number;
  firstRow: number;
  firstColumn: number;
}

/** Writes a table with the address of every grid pixel of every image. */
export function tabulatePixels(
  host: Host,
  name: string,
  images: Images,
  grid: Grid,
): number {
  const { address, count, height, width, channels } = images;
  const pixelBytes = channels * 4;
  const table = host.scratch(name, count * grid.rows * grid.columns * 4);
  const integers = host.integers();
  let entry = table / 4;
  for (let image = 0; image < count; image++) {
    for (let i = 0; i < grid.rows; i++) {
      const row = grid.firstRow + i * grid.rowStep;
      let pixel = address +
        ((image * height + row) * width + grid.firstColumn) * pixelBytes;
      for (let j = 0; j < grid.columns; j++) {
        integers[entry++] = pixel;
        pixel += grid.columnStep * pixelBytes;
      }
    }
  }
  return table;
}

/**
 * How many images to treat at once: enough rows to make packing a panel cheap,
 * few enough that their pixels stay in the cache.
 */
export function imagesAtOnce(images: number, rowsPerImage: number): number {
  const rowsAtOnce = 1024;
  return Math.min(images, Math.max(1, Math.round(rowsAtOnce / rowsPerImage)));
}

/**
 * How a convolution looks to the micro-kernels: an address for the window of
 * every output pixel, and within a window the blocks that lie contiguously
 * in memory.
 *
 * @module
 */
import { tabulate } from "../gemm/row_table.ts";
import { type ScratchSlot, scratchSlot } from "../linking/scratch.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import { copyRows } from "../tensors/functions.ts";
import type { Range } from "../threads/pieces.ts";

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

const paddedSlot = scratchSlot("padded images");

/**
 * Copies a band of rows of some images into working memory with zeros around them;
 * without padding they are used where they are.
 *
 * @param part Which images.
 * @param band Which rows of the padded images.
 * @returns Images of the band's rows only, or the given ones.
 */
export function padImages(
  kernels: ThreadKernels,
  images: Images,
  padding: Padding,
  part: Range,
  band: Range,
): { images: Images; firstRow: number } {
  const { height, width, channels } = images;
  const { top, bottom, left, right } = padding;
  const some = someImages(images, part.first, part.count);
  if (Math.max(top, bottom, left, right) === 0) {
    return { images: some, firstRow: 0 };
  }
  const imageBytes = height * width * channels * 4;
  const paddedWidth = left + width + right;
  const rowBytes = paddedWidth * channels * 4;
  const bandBytes = band.count * rowBytes;
  const bytes = part.count * bandBytes;
  const address = kernels.scratch(paddedSlot, bytes);
  kernels.floats().fill(0, address / 4, (address + bytes) / 4);
  const first = Math.max(0, band.first - top);
  const end = Math.min(height, band.first + band.count - top);
  const offset = (first + top - band.first) * rowBytes + left * channels * 4;
  for (let image = 0; image < part.count; image++) {
    kernels.run(copyRows, {
      source: some.address + image * imageBytes + first * width * channels * 4,
      sourceStride: width * channels * 4,
      target: address + image * bandBytes + offset,
      targetStride: rowBytes,
      bytes: width * channels * 4,
      rows: Math.max(0, end - first),
    });
  }
  const padded = { address, channels, height: band.count, width: paddedWidth };
  return { images: { ...padded, count: part.count }, firstRow: band.first };
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

/** Every pixel of an image. */
export function wholeGrid(
  { height, width }: { height: number; width: number },
): Grid {
  return {
    rows: height,
    columns: width,
    rowStep: 1,
    columnStep: 1,
    firstRow: 0,
    firstColumn: 0,
  };
}

/** Some images of a batch, where they are. */
export function someImages(
  images: Images,
  first: number,
  count: number,
): Images {
  const { address, height, width, channels } = images;
  const before = first * height * width * channels * 4;
  return { ...images, address: address + before, count };
}

/**
 * Which index of a table of pixels runs fastest: the pixel's place, image after
 * image as they lie in memory, or the image, so that all images' pixels of one
 * place are neighbours.
 */
export type TableOrder = "by image" | "by place";

/** Writes a table with the address of every grid pixel of every image to a slot. */
export function tabulatePixels(
  kernels: ThreadKernels,
  slot: ScratchSlot,
  images: Images,
  grid: Grid,
  order: TableOrder = "by image",
): number {
  const { address, count, height, width, channels } = images;
  const places = grid.rows * grid.columns;
  const table = kernels.scratch(slot, count * places * 4);
  const pixelBytes = channels * 4;
  const imageBytes = height * width * pixelBytes;
  /** Writes `length` addresses, from an entry of the table on. */
  const fill = (entry: number, pixel: number, step: number, length: number) =>
    kernels.run(tabulate, {
      table: table + 4 * entry,
      first: pixel,
      step,
      count: length,
    });
  if (isWhole(grid, images) && order === "by image") {
    fill(0, address, pixelBytes, count * places);
    return table;
  }
  for (let i = 0; i < grid.rows; i++) {
    const row = grid.firstRow + i * grid.rowStep;
    const line = address + (row * width + grid.firstColumn) * pixelBytes;
    const step = grid.columnStep * pixelBytes;
    const first = i * grid.columns;
    if (order === "by image") {
      for (let image = 0; image < count; image++) {
        const entry = image * places + first;
        fill(entry, line + image * imageBytes, step, grid.columns);
      }
    } else {
      for (let j = 0; j < grid.columns; j++) {
        fill((first + j) * count, line + j * step, imageBytes, count);
      }
    }
  }
  return table;
}

const isWhole = (grid: Grid, { height, width }: Images) =>
  grid.rows === height && grid.columns === width &&
  grid.rowStep === 1 && grid.columnStep === 1 &&
  grid.firstRow === 0 && grid.firstColumn === 0;

/** Some rows of a grid. */
export function someRows(grid: Grid, first: number, rows: number): Grid {
  return { ...grid, firstRow: grid.firstRow + first * grid.rowStep, rows };
}

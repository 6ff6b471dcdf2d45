/**
 * Tiles of a Winograd convolution: how they are cut into pieces of work, where
 * their pixels lie, and working memory for their values.
 *
 * @module
 */
import { type ScratchSlot, scratchSlot } from "../linking/scratch.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import { cutFairly, cutInto, pieceOf, type Range } from "../threads/pieces.ts";
import type { Images } from "../windows/windows.ts";
import type { TileFunction } from "./functions.ts";
import { tilePixels, tileReach } from "./matrices.ts";

/** How the output pixels of each image are cut into tiles. */
export interface Tiling {
  rows: number;
  columns: number;
  /** Tiles of all images. */
  count: number;
}

/** The tiles that cover an output; the last ones may reach beyond it. */
export function tilingOf(
  { count, height, width }: Pick<Images, "count" | "height" | "width">,
): Tiling {
  const rows = Math.ceil(height / tilePixels);
  const columns = Math.ceil(width / tilePixels);
  return { rows, columns, count: rows * columns * count };
}

/** Tiles that are cut into runs. */
export interface TileRuns {
  /** How many runs there are. */
  count: number;
  /** The tiles of one. */
  run(index: number): Range;
}

/**
 * Cuts tiles into runs of whole images, or of whole rows of the tiles of one, so
 * that the pixels of a run are neighbours in memory.
 *
 * @param most How many tiles a run has at the most, if a row has no more.
 */
export function tileRuns(
  { rows, columns, count }: Tiling,
  most: number,
): TileRuns {
  const image = rows * columns;
  if (count === 0) return { count, run: () => ({ first: 0, count }) };
  if (image <= most) {
    const images = count / image;
    const cut = cutFairly(images, Math.floor(most / image));
    return {
      count: cut.pieces,
      run(index) {
        const part = pieceOf(images, cut, index);
        return { first: part.first * image, count: part.count * image };
      },
    };
  }
  const cut = cutInto(rows, Math.max(1, Math.floor(most / columns)));
  return {
    count: cut.pieces * count / image,
    run(index) {
      const part = pieceOf(rows, cut, index % cut.pieces);
      const above = Math.floor(index / cut.pieces) * rows + part.first;
      return { first: above * columns, count: part.count * columns };
    },
  };
}

/** The output pixels of a run of whole rows of tiles. */
export function pixelsOf(
  { rows, columns }: Tiling,
  { first, count }: Range,
  { height, width }: Images,
): Range {
  /** How many pixels lie above a row of tiles, counted through all images. */
  const above = (tiles: number) => {
    const image = Math.floor(tiles / rows);
    return (image * height + tiles % rows * tilePixels) * width;
  };
  const start = above(first / columns);
  return { first: start, count: above((first + count) / columns) - start };
}

/** Values of tiles: a matrix `[tiles, channels]` for each of 6×6 places. */
export interface TileValues {
  address: number;
  /** Bytes from a matrix to the next. */
  stride: number;
}

/** How many matrices there are. */
export const places = tileReach * tileReach;

/** Working memory for values, `size` floats at each place. */
export function tileValues(
  kernels: ThreadKernels,
  slot: ScratchSlot,
  size: number,
): TileValues {
  // An odd number of cache lines: places of one tile must not share a cache set.
  const stride = (Math.ceil(size / 32) * 2 + 1) * 64;
  return { address: kernels.scratch(slot, places * stride), stride };
}

/** Where tiles have their pixels. */
export interface TilePixels {
  images: Images;
  /** How far an image's first tile begins above and left of it. */
  top: number;
  left: number;
  /**
   * The address of what stands for pixels outside the image: as many floats as
   * there are channels.
   */
  outside: number;
}

/** Transforms the pixels of some tiles into values, or back. */
export function transformTiles(
  kernels: ThreadKernels,
  transform: TileFunction,
  { rows, columns }: Tiling,
  { first, count }: Range,
  { images, top, left, outside }: TilePixels,
  values: TileValues,
): void {
  const { address, height, width, channels } = images;
  const image = Math.floor(first / (rows * columns));
  const place = first % (rows * columns);
  kernels.run(transform, {
    tiles: count,
    row: Math.floor(place / columns),
    column: place % columns,
    rows,
    columns,
    image: address + image * height * width * channels * 4,
    height,
    width,
    pixelBytes: channels * 4,
    top,
    left,
    outside,
    channels,
    values: values.address,
    stride: values.stride,
  });
}

const zeroSlot = scratchSlot("zeros");

/** Floats that stand for the pixels outside an image, all 0. */
export function zeros(kernels: ThreadKernels, channels: number): number {
  const address = kernels.scratch(zeroSlot, channels * 4);
  kernels.floats().fill(0, address / 4, address / 4 + channels);
  return address;
}

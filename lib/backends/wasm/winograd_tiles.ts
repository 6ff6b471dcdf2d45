/**
 * Tiles of a Winograd convolution: where their pixels lie, and working memory
 * for their values.
 *
 * @module
 */
import type { Host } from "./host.ts";
import type { Range } from "./products.ts";
import { tileRows } from "./tile_arena.ts";
import type { Images } from "./windows.ts";
import { tilePixels, tileReach } from "./winograd_matrices.ts";

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

/** The pixels that a tile has in some images. */
export interface TilePixels {
  images: Images;
  /** How many along an axis. */
  side: number;
  /** How far the first tile's corner lies outside the image. */
  top: number;
  left: number;
}

/**
 * Writes a table with the addresses of the pixels of some tiles, row by row.
 *
 * @param outside What stands for pixels outside the image: as many floats as
 * there are channels.
 */
export function tabulateTiles(
  host: Host,
  name: string,
  tiling: Tiling,
  range: Range,
  { images, side, top, left }: TilePixels,
  outside: number,
): number {
  const { address, height, width, channels } = images;
  const table = host.scratch(name, range.count * side * side * 4);
  const integers = host.integers();
  const perImage = tiling.rows * tiling.columns;
  let entry = table / 4;
  for (let tile = range.first; tile < range.first + range.count; tile++) {
    const image = Math.floor(tile / perImage);
    const place = tile % perImage;
    const firstRow = Math.floor(place / tiling.columns) * tilePixels - top;
    const firstColumn = (place % tiling.columns) * tilePixels - left;
    for (let row = firstRow; row < firstRow + side; row++) {
      const line = address + (image * height + row) * width * channels * 4;
      const inside = row >= 0 && row < height;
      for (let column = firstColumn; column < firstColumn + side; column++) {
        integers[entry++] = inside && column >= 0 && column < width
          ? line + column * channels * 4
          : outside;
      }
    }
  }
  return table;
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
export function tileValues(host: Host, name: string, size: number): TileValues {
  // An odd number of cache lines: places of one tile must not share a cache set.
  const stride = (Math.ceil(size / 32) * 2 + 1) * 64;
  return { address: host.scratch(name, places * stride), stride };
}

/** Writes a table with the address of every row of the first matrices. */
export function tabulateRows(
  host: Host,
  name: string,
  { address, stride }: TileValues,
  rows: number,
  channels: number,
  matrices = 1,
): number {
  const table = host.scratch(name, matrices * rows * 4);
  const integers = host.integers();
  let entry = table / 4;
  for (let place = 0; place < matrices; place++) {
    for (let row = 0; row < rows; row++) {
      integers[entry++] = address + place * stride + row * channels * 4;
    }
  }
  return table;
}

/** Taps of a filter. */
export const taps = 9;

/**
 * Writes a table with the addresses of a filter's taps of `size` weights each,
 * from the last to the first if the filter is turned by 180°.
 */
export function tabulateTaps(
  host: Host,
  address: number,
  size: number,
  turned = false,
): number {
  const table = host.scratch("filter taps", taps * 4);
  const entries = host.integers().subarray(table / 4, table / 4 + taps);
  for (let tap = 0; tap < taps; tap++) entries[tap] = address + tap * size * 4;
  if (turned) entries.reverse();
  return table;
}

/** Floats that stand for the pixels outside an image, all 0. */
export function zeros(host: Host, channels: number): number {
  const address = host.scratch("zeros", channels * 4);
  host.floats().fill(0, address / 4, address / 4 + channels);
  return address;
}

/**
 * Splits tiles into runs of about equal length: enough rows to make packing a
 * panel cheap, few enough that their values stay in the cache. Sixes fill the
 * micro-kernels' tiles.
 */
export function tileRuns(count: number): Range[] {
  const most = 192;
  const runs = Math.ceil(count / most);
  const size = Math.ceil(count / runs / tileRows) * tileRows;
  return Array.from({ length: runs }, (_, run) => ({
    first: run * size,
    count: Math.min(size, count - run * size),
  }));
}

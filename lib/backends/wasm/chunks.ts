import type { Host } from "./host.ts";
import { type Tap, withoutPadding, worthSkipping } from "./taps.ts";
import {
  type Grid,
  type Images,
  type Padding,
  padImages,
  someImages,
  someRows,
  type TableOrder,
  tabulatePixels,
} from "./windows.ts";

/** The images of a convolution, and what its taps see of them. */
export interface Correlation {
  input: Images;
  padding: Padding;
  /** The corners of the windows, as pixels of the padded images. */
  windows: Grid;
  taps: readonly Tap[];
}

/** A chunk of windows, in its images with zeros around them or without. */
export interface WindowChunk extends Chunk {
  /** Whether the images have no padding and taps skip what they do not see. */
  skips: boolean;
  input: Images;
  /** The windows' corners in these images. */
  places: Grid;
}

/**
 * A convolution's windows, a chunk at a time. The padded images live in working
 * memory until the next chunk.
 *
 * @param channels The most channels of a pixel that a chunk reads or writes.
 */
export function* windowChunks(
  host: Host,
  correlation: Correlation,
  filters: number,
  channels: number,
): Generator<WindowChunk> {
  const { padding, windows } = correlation;
  const chunks = cut(correlation.input.count, windows, channels);
  const skips = worthSkipping(correlation, filters, chunks[0]?.images ?? 0);
  const corners = skips ? withoutPadding(windows, padding) : windows;
  let { input } = correlation;
  for (const chunk of chunks) {
    const { firstImage, images, firstRow, rows } = chunk;
    if (firstRow === 0) {
      input = skips
        ? someImages(correlation.input, firstImage, images)
        : padImages(host, correlation.input, padding, firstImage, images);
    }
    const places = someRows(corners, firstRow, rows);
    yield { ...chunk, skips, input, places };
  }
}

/** Writes a table with the output pixels that belong to a chunk's windows. */
export function tabulateOutputs(
  host: Host,
  { firstImage, images, firstRow, rows }: WindowChunk,
  output: Images,
  pixels: Grid,
  order: TableOrder,
): number {
  return tabulatePixels(
    host,
    "pixel table",
    someImages(output, firstImage, images),
    someRows(pixels, firstRow, rows),
    order,
  );
}

/**
 * A part of a batch's windows that is treated at once: several whole images, or
 * a band of rows of one image.
 */
interface Chunk {
  firstImage: number;
  images: number;
  firstRow: number;
  rows: number;
}

/**
 * Cuts a batch into chunks: of enough windows to make packing a panel cheap, and
 * of so few that their pixels stay in the cache. Images by sixes fill the tiles.
 */
function cut(
  images: number,
  { rows, columns }: Grid,
  channels: number,
): Chunk[] {
  const cachedFloats = 1 << 17;
  const windows = Math.min(1024, Math.max(192, cachedFloats / channels));
  const most = Math.max(1, Math.round(windows / Math.max(1, rows * columns)));
  const imageStep = most < 6 ? most : most - most % 6;
  const rowStep = imageStep > 1
    ? rows
    : Math.max(1, Math.round(windows / Math.max(1, columns)));
  const chunks = [];
  for (let firstImage = 0; firstImage < images; firstImage += imageStep) {
    for (let firstRow = 0; firstRow < rows; firstRow += rowStep) {
      chunks.push({
        firstImage,
        images: Math.min(imageStep, images - firstImage),
        firstRow,
        rows: Math.min(rowStep, rows - firstRow),
      });
    }
  }
  return chunks;
}

import { cutFairly } from "../threads/pieces.ts";
import type { ScratchSlot } from "../linking/scratch.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
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

/**
 * How the windows of a batch are cut into chunks that are treated at once: several
 * whole images, or a band of rows of one image.
 */
export interface ChunkCut {
  /** Images of a chunk. */
  images: number;
  /** Rows of windows of a chunk. */
  rows: number;
  /** Chunks of the rows of an image. */
  bands: number;
  /** All chunks. */
  count: number;
}

/** A chunk of windows, in its images with zeros around them or without. */
export interface WindowChunk {
  firstImage: number;
  images: number;
  firstRow: number;
  rows: number;
  /** Whether the images have no padding and taps skip what they do not see. */
  skips: boolean;
  input: Images;
  /** The windows' corners in these images. */
  places: Grid;
}

/**
 * Cuts a convolution's windows into chunks: of enough windows to make packing a
 * panel cheap, and of so few that their pixels stay in the cache. Images by sixes
 * fill the tiles.
 *
 * @param channels The most channels of a pixel that a chunk reads or writes.
 */
export function cutWindows(
  { input, windows: { rows, columns } }: Correlation,
  channels: number,
): ChunkCut {
  const cachedFloats = 1 << 17;
  const windows = Math.min(1024, Math.max(192, cachedFloats / channels));
  const most = Math.max(1, Math.round(windows / Math.max(1, rows * columns)));
  const images = wholeImages(input.count, most);
  const bandRows = images > 1
    ? rows
    : Math.max(1, Math.round(windows / Math.max(1, columns)));
  const bands = Math.ceil(rows / Math.max(1, bandRows));
  const count = Math.ceil(input.count / images) * bands;
  return { images, rows: bandRows, bands, count };
}

/** How many images a chunk has, where it has at most so many: by sixes if it can. */
function wholeImages(count: number, most: number): number {
  if (most === 1) return 1;
  const size = Math.max(1, cutFairly(count, most).size);
  return size < 6 ? size : 6 * Math.ceil(size / 6);
}

/** A chunk of windows. Its padded images live in working memory until the next. */
export function windowChunk(
  kernels: ThreadKernels,
  correlation: Correlation,
  cut: ChunkCut,
  filters: number,
  chunk: number,
): WindowChunk {
  const { input, padding, windows, taps } = correlation;
  const firstImage = Math.floor(chunk / cut.bands) * cut.images;
  const images = Math.min(cut.images, input.count - firstImage);
  const firstRow = (chunk % cut.bands) * cut.rows;
  const rows = Math.min(cut.rows, windows.rows - firstRow);
  const part = { firstImage, images, firstRow, rows };
  if (skipsPadding(correlation, cut, filters)) {
    const corners = withoutPadding(windows, padding);
    return {
      ...part,
      skips: true,
      input: someImages(input, firstImage, images),
      places: someRows(corners, firstRow, rows),
    };
  }
  const places = someRows(windows, firstRow, rows);
  const reach = Math.max(...taps.map(({ row }) => row));
  const padded = padImages(
    kernels,
    input,
    padding,
    { first: firstImage, count: images },
    {
      first: places.firstRow,
      count: (rows - 1) * places.rowStep + reach + 1,
    },
  );
  return {
    ...part,
    skips: false,
    input: padded.images,
    places: { ...places, firstRow: places.firstRow - padded.firstRow },
  };
}

/** Whether the chunks have no padding. */
export const skipsPadding = (
  correlation: Correlation,
  cut: ChunkCut,
  filters: number,
): boolean =>
  worthSkipping(
    correlation,
    filters,
    Math.min(cut.images, correlation.input.count),
  );

/** Writes a table with the output pixels that belong to a chunk's windows to a slot. */
export function tabulateOutputs(
  kernels: ThreadKernels,
  slot: ScratchSlot,
  { firstImage, images, firstRow, rows }: WindowChunk,
  output: Images,
  pixels: Grid,
  order: TableOrder,
): number {
  return tabulatePixels(
    kernels,
    slot,
    someImages(output, firstImage, images),
    someRows(pixels, firstRow, rows),
    order,
  );
}

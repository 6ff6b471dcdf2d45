import {
  type Correlation,
  tabulateOutputs,
  type WindowChunk,
  windowChunks,
} from "./chunks.ts";
import { gatherShortRuns } from "./gather_runs.ts";
import type { Host } from "./host.ts";
import { multiplyRows, type Stretch } from "./products.ts";
import { joinTaps, rangesOf, seenBy, type Tap } from "./taps.ts";
import {
  type Grid,
  type Images,
  type TableOrder,
  tabulatePixels,
} from "./windows.ts";

/**
 * What follows a convolution: it gets every finished run of pixels, `[rows,
 * channels]` at an address, while it is still in the cache.
 */
export type Finish = (address: number, rows: number) => void;

/** A correlation of images with taps, written to a grid of the output. */
export interface Convolution extends Correlation {
  output: Images;
  /** The output pixels that the windows belong to, in the same order. */
  pixels: Grid;
  /** Only where these are all pixels. */
  finish?: Finish | undefined;
  /** Whether to add to the pixels' present values (default false). */
  accumulates?: boolean;
}

/**
 * Convolves a batch as matrix products: a row of A is a pixel's window, B the
 * weights. A chunk of windows is tabulated and multiplied at a time.
 */
export function convolve(host: Host, convolution: Convolution): void {
  const { input, taps, output, pixels, finish } = convolution;
  const { accumulates = false } = convolution;
  const filters = output.channels;
  const channels = Math.max(input.channels, filters);
  for (const chunk of windowChunks(host, convolution, filters, channels)) {
    const { images, order, places, stretches } = chunk.skips
      ? viewSkipped(taps, chunk)
      : viewPadded(host, taps, chunk, filters);
    const cTable = tabulateOutputs(host, chunk, output, pixels, order);
    const count = chunk.images * chunk.rows * pixels.columns;
    const overwrites = !accumulates && stretches[0]?.ranges[0]?.count === count;
    if (!overwrites && !accumulates) {
      host.call.clearRows!(cTable, filters * 4, count);
    }
    multiplyRows(host, {
      aTable: tabulatePixels(host, "window table", images, places, order),
      cTable,
      cOffset: 0,
      columns: filters,
      stretches,
      b: { stride: filters * 4, transposed: false },
      accumulates: !overwrites,
    });
    const firstPixel = output.width *
      (chunk.firstImage * output.height + chunk.firstRow);
    finish?.(output.address + firstPixel * filters * 4, count);
  }
}

/** Windows as the micro-kernels see them. */
interface View {
  images: Images;
  /** The windows' corners in these images. */
  places: Grid;
  order: TableOrder;
  stretches: Stretch[];
}

/** Images with zeros around them: every tap sees a pixel of every window. */
function viewPadded(
  host: Host,
  taps: readonly Tap[],
  { input: images, places }: WindowChunk,
  filters: number,
): View {
  const { runs, ...view } = gatherShortRuns(host, {
    images,
    places,
    runs: joinTaps(taps, images, filters),
  }, filters);
  const all = { first: 0, count: images.count * places.rows * places.columns };
  return {
    ...view,
    order: "by image",
    stretches: runs.map(({ offset, weights, length }) => ({
      aOffset: offset,
      b: weights,
      depth: length,
      ranges: [all],
    })),
  };
}

/** Images as they are, and for each tap the windows in which it sees a pixel. */
function viewSkipped(
  taps: readonly Tap[],
  { input: images, places }: WindowChunk,
): View {
  const { width, channels, count } = images;
  const stretches = taps.map((tap) => ({
    aOffset: (tap.row * width + tap.column) * channels * 4,
    b: tap.weights,
    depth: channels,
    ranges: rangesOf(seenBy(tap, places, images), places, count),
  }));
  // The first tap of all overwrites, so it should see all if one does.
  const rows = ({ ranges }: Stretch) => -(ranges[0]?.count ?? 0);
  stretches.sort((a, b) => rows(a) - rows(b));
  return { images, places, order: "by place", stretches };
}

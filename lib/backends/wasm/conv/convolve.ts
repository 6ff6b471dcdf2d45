import {
  type Correlation,
  cutWindows,
  tabulateOutputs,
  type WindowChunk,
  windowChunk,
} from "../windows/chunks.ts";
import { type Finish, finishRun } from "../epilogue/finish.ts";
import { gatherShortRuns } from "../windows/gather_runs.ts";
import type { Host } from "../runtime/host.ts";
import { multiplyRows, type Stretch } from "../gemm/products.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import type { Task } from "../threads/task.ts";
import { joinTaps, rangesOf, seenBy, type Tap } from "../windows/taps.ts";
import {
  type Grid,
  type Images,
  type TableOrder,
  tabulatePixels,
} from "../windows/windows.ts";

/** A correlation of images with taps, written to a grid of the output. */
export interface Convolution extends Correlation {
  output: Images;
  /** The output pixels that the windows belong to, in the same order. */
  pixels: Grid;
  /** What follows, where these are all pixels. */
  finish?: Finish | undefined;
  /** Whether to add to the pixels' present values (default false). */
  accumulates?: boolean;
}

/** Into how many pieces a convolution is cut; a `Finish` gets one after the other. */
export function convolutionPieces(
  convolution: Omit<Convolution, "finish">,
): number {
  return cutOf(convolution).count;
}

const cutOf = (convolution: Omit<Convolution, "finish">) =>
  cutWindows(
    convolution,
    Math.max(convolution.input.channels, convolution.output.channels),
  );

/**
 * Convolves a batch as matrix products: a row of A is a pixel's window, B the
 * weights. A piece is a chunk of windows.
 */
export function convolve(host: Host, convolution: Convolution): void {
  const pieces = convolutionPieces(convolution);
  host.parallel(convolveChunk, convolution, pieces);
}

/** A chunk of windows is tabulated and multiplied. */
export const convolveChunk: Task<Convolution> = {
  name: "convolve a chunk",
  run(kernels, convolution, piece) {
    const { taps, output, pixels, finish, accumulates = false } = convolution;
    const filters = output.channels;
    const cut = cutOf(convolution);
    const chunk = windowChunk(kernels, convolution, cut, filters, piece);
    const { images, order, places, stretches } = chunk.skips
      ? viewSkipped(taps, chunk)
      : viewPadded(kernels, taps, chunk, filters);
    const cTable = tabulateOutputs(kernels, chunk, output, pixels, order);
    const count = chunk.images * chunk.rows * pixels.columns;
    const overwrites = !accumulates && stretches[0]?.ranges[0]?.count === count;
    if (!overwrites && !accumulates) {
      kernels.call.clearRows!(cTable, filters * 4, count);
    }
    multiplyRows(kernels, {
      aTable: tabulatePixels(kernels, "window table", images, places, order),
      cTable,
      cOffset: 0,
      columns: filters,
      stretches,
      b: { stride: filters * 4, transposed: false },
      accumulates: !overwrites,
    });
    const firstPixel = output.width *
      (chunk.firstImage * output.height + chunk.firstRow);
    const address = output.address + firstPixel * filters * 4;
    finishRun(kernels, finish, address, count, filters, piece);
  },
};

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
  kernels: ThreadKernels,
  taps: readonly Tap[],
  { input: images, places }: WindowChunk,
  filters: number,
): View {
  const { runs, ...view } = gatherShortRuns(kernels, {
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

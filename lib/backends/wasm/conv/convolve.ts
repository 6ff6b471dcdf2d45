import {
  type Correlation,
  cutWindows,
  tabulateOutputs,
  windowChunk,
} from "../windows/chunks.ts";
import { clearRows } from "./clear_function.ts";
import { type Finish, finishRun } from "../epilogue/finish.ts";
import type { Host } from "../runtime/host.ts";
import { type KBlock, multiplyRows } from "../gemm/products.ts";
import { aRows, cRows } from "../gemm/row_table.ts";
import type { Task } from "../threads/task.ts";
import { rangesOf, seenBy, type Tap, type TapRun } from "../windows/taps.ts";
import { allWindows, viewWindows, type WindowView } from "../windows/view.ts";
import { type Grid, type Images, tabulatePixels } from "../windows/windows.ts";

/** A correlation of images with taps, written to a grid of the output. */
export interface TapConvolution extends Correlation {
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
  convolution: Omit<TapConvolution, "finish">,
): number {
  return cutOf(convolution).count;
}

const cutOf = (convolution: Omit<TapConvolution, "finish">) =>
  cutWindows(
    convolution,
    Math.max(convolution.input.channels, convolution.output.channels),
  );

/**
 * Convolves a batch as matrix products: a row of A is a pixel's window, B the
 * weights. A piece is a chunk of windows.
 */
export function convolve(host: Host, convolution: TapConvolution): void {
  const pieces = convolutionPieces(convolution);
  host.parallel(convolveChunk, convolution, pieces);
}

/** A chunk of windows is tabulated and multiplied. */
export const convolveChunk: Task<TapConvolution> = {
  name: "convolve a chunk",
  run(kernels, convolution, piece) {
    const { taps, output, pixels, finish, accumulates = false } = convolution;
    const filters = output.channels;
    const cut = cutOf(convolution);
    const chunk = windowChunk(kernels, convolution, cut, filters, piece);
    const view = viewWindows(kernels, taps, chunk, filters);
    const { images, order, places, runs } = view;
    const blocks = runs ? blocksOfRuns(runs, view) : blocksOfTaps(taps, view);
    const cTable = tabulateOutputs(
      kernels,
      cRows,
      chunk,
      output,
      pixels,
      order,
    );
    const count = chunk.images * chunk.rows * pixels.columns;
    const overwrites = !accumulates && blocks[0]?.ranges[0]?.count === count;
    if (!overwrites && !accumulates) {
      kernels.run(clearRows, {
        table: cTable,
        bytes: filters * 4,
        rows: count,
      });
    }
    multiplyRows(kernels, {
      aTable: tabulatePixels(kernels, aRows, images, places, order),
      cTable,
      cOffset: 0,
      columns: filters,
      blocks,
      b: { stride: filters * 4, transposed: false },
      accumulates: !overwrites,
    });
    const firstPixel = output.width *
      (chunk.firstImage * output.height + chunk.firstRow);
    const address = output.address + firstPixel * filters * 4;
    finishRun(kernels, finish, address, count, filters, piece);
  },
};

/** Every run is seen in all windows. */
function blocksOfRuns(
  runs: readonly TapRun[],
  view: WindowView,
): KBlock[] {
  const ranges = [allWindows(view)];
  return runs.map(({ offset, weights, length }) => ({
    aOffset: offset,
    b: weights,
    depth: length,
    ranges,
  }));
}

/** Each tap with the windows in which it sees a pixel and not padding. */
function blocksOfTaps(
  taps: readonly Tap[],
  { images, places }: WindowView,
): KBlock[] {
  const { width, channels, count } = images;
  const blocks = taps.map((tap) => ({
    aOffset: (tap.row * width + tap.column) * channels * 4,
    b: tap.weights,
    depth: channels,
    ranges: rangesOf(seenBy(tap, places, images), places, count),
  }));
  // The first tap of all overwrites, so it should see all if one does.
  const rows = ({ ranges }: KBlock) => -(ranges[0]?.count ?? 0);
  return blocks.sort((a, b) => rows(a) - rows(b));
}

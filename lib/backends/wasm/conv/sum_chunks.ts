import { cutWindows, tabulateOutputs, windowChunk } from "../windows/chunks.ts";
import { multiplyColumns } from "../gemm/products.ts";
import { aRows, bRows } from "../gemm/row_table.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import { pieceOf, type Range } from "../threads/pieces.ts";
import type { Task } from "../threads/task.ts";
import {
  joinTaps,
  rangesOf,
  seenBy,
  type Tap,
  type TapRun,
} from "../windows/taps.ts";
import { allWindows, viewWindows, type WindowView } from "../windows/view.ts";
import { tabulatePixels, wholeGrid } from "../windows/windows.ts";
import { cutSum, linesOf, type WindowSums } from "./window_sums.ts";

/** The sums of some taps over some chunks of windows. */
export const sumChunks: Task<
  WindowSums & {
    /** Where the first part's sums go, `[taps, channels, filters]`. */
    address: number;
    /** Floats of these. */
    size: number;
  }
> = {
  name: "filter gradient of some windows",
  run(kernels, { address, size, ...sums }, piece) {
    const { parts, lines, line } = cutSum(sums);
    const part = Math.floor(piece / lines.pieces);
    const target = address + part * size * 4;
    const all = linesOf(sums.taps, line);
    const { first, count } = pieceOf(all.length, lines, piece % lines.pieces);
    const own = all.slice(first, first + count);
    const taps = sums.taps
      .filter((tap) => own.includes(tap[line]))
      .map(({ weights, ...place }) => ({
        ...place,
        weights: weights + target,
      }));
    const chunks = cutWindows(sums, sums.input.channels).count;
    sumTaps(kernels, sums, taps, pieceOf(chunks, parts, part));
  },
};

/** Writes the sums of some taps over some chunks. */
function sumTaps(
  kernels: ThreadKernels,
  sums: WindowSums,
  taps: readonly Tap[],
  { first, count }: Range,
): void {
  const { input, output } = sums;
  const filters = output.channels;
  const chunks = cutWindows(sums, input.channels);
  const pixels = wholeGrid(output);
  let accumulates = false;
  for (let i = first; i < first + count; i++) {
    const chunk = windowChunk(kernels, sums, chunks, filters, i);
    const view = viewWindows(kernels, taps, chunk, filters);
    const { images, order, places, runs } = view;
    const all = runs
      ? [{ runs, range: allWindows(view) }]
      : sumsByRow(taps, view, filters);
    // Where taps skip padding, no sum has all rows and could overwrite them.
    if (!accumulates && chunk.skips) {
      const floats = kernels.floats();
      for (const { weights } of taps) {
        const start = weights / 4;
        floats.fill(0, start, start + input.channels * filters);
      }
      accumulates = true;
    }
    const aTable = tabulatePixels(kernels, aRows, images, places, order);
    const bTable = tabulateOutputs(
      kernels,
      bRows,
      chunk,
      output,
      pixels,
      order,
    );
    for (const { runs, range } of all) {
      multiplyColumns(kernels, {
        aTable,
        groups: runs.map(({ offset, length }) => ({
          aOffset: offset,
          rows: length,
        })),
        range,
        products: [{
          bTable,
          columns: filters,
          cStride: filters * 4,
          targets: runs.map(({ weights }) => weights),
        }],
        accumulates,
      });
    }
    accumulates = true;
  }
}

/** Rows of the gradient and the windows that they sum over. */
interface Sum {
  runs: readonly TapRun[];
  range: Range;
}

/**
 * One sum for each row of windows and each column of taps: there, the taps that see
 * the image do so in the same windows.
 */
function sumsByRow(
  taps: readonly Tap[],
  { images, places }: WindowView,
  filters: number,
): Sum[] {
  const sums: Sum[] = [];
  for (const column of new Set(taps.map((tap) => tap.column))) {
    for (let row = 0; row < places.rows; row++) {
      const seeing = taps.filter((tap) => {
        const [from, to] = seenBy(tap, places, images).rows;
        return tap.column === column && from <= row && row < to;
      });
      if (seeing.length === 0) continue;
      const area = seenBy(seeing[0]!, places, images);
      const [range] = rangesOf(
        { ...area, rows: [row, row + 1] },
        places,
        images.count,
      );
      if (range) sums.push({ runs: joinTaps(seeing, images, filters), range });
    }
  }
  return sums;
}

/**
 * The pieces of a filter's gradient: sums over the windows of a batch.
 *
 * @module
 */
import {
  type Correlation,
  cutWindows,
  skipsPadding,
  tabulateOutputs,
  type WindowChunk,
  windowChunk,
} from "../windows/chunks.ts";
import { gatherShortRuns } from "../windows/gather_runs.ts";
import { mostHeld, pieceProducts } from "../gemm/pixel_pieces.ts";
import { multiplyColumns } from "../gemm/products.ts";
import { aRows, bRows } from "../gemm/row_table.ts";
import {
  joinTaps,
  rangesOf,
  seenBy,
  type Tap,
  type TapRun,
} from "../windows/taps.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import {
  type Cut,
  cutEqually,
  cutInto,
  fairly,
  pieceOf,
  type Range,
} from "../threads/pieces.ts";
import type { Task } from "../threads/task.ts";
import {
  type Grid,
  type Images,
  type TableOrder,
  tabulatePixels,
  wholeGrid,
} from "../windows/windows.ts";

/** The sums over all windows of what the taps see times the output's gradient. */
export interface WindowSums extends Correlation {
  /** The output's gradient. */
  output: Images;
}

/** How sums over windows are cut. */
export interface WindowSumCut {
  /** Chunks of windows of a piece. Its sums are a part; parts are added in order. */
  parts: Cut;
  /** Lines of taps of a piece. */
  lines: Cut;
  /** What the taps of a line have in common: those are summed together. */
  line: "row" | "column";
}

/**
 * Cuts sums into pieces of about a millisecond: in parts, or by taps where there are
 * few chunks, or the parts' sums would take too much memory.
 */
export function cutSum(sums: WindowSums): WindowSumCut {
  const { input, output, taps, windows } = sums;
  const chunks = cutWindows(sums, input.channels);
  const size = taps.length * input.channels * output.channels;
  const wanted = fairly(
    size * windows.rows * windows.columns * input.count / pieceProducts,
  );
  const held = Math.floor(mostHeld / size);
  const most = Math.min(wanted, 16, held, chunks.count);
  const isInParts = most >= 4;
  const line = skipsPadding(sums, chunks, output.channels) ? "column" : "row";
  const lines = linesOf(taps, line).length;
  return {
    parts: cutEqually(chunks.count, isInParts ? most : 1),
    lines: cutInto(lines, isInParts || wanted === 1 ? lines : 1),
    line,
  };
}

const linesOf = (taps: readonly Tap[], line: "row" | "column") => [
  ...new Set(taps.map((tap) => tap[line])),
];

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
    const { images, order, places, sums: all } = chunk.skips
      ? viewSkipped(taps, chunk, filters)
      : viewPadded(kernels, taps, chunk, filters);
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

/** Windows as the micro-kernels see them. */
interface View {
  images: Images;
  /** The windows' corners in these images. */
  places: Grid;
  order: TableOrder;
  sums: Sum[];
}

/** Rows of the gradient and the windows that they sum over. */
interface Sum {
  runs: readonly TapRun[];
  range: Range;
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
  const range = {
    first: 0,
    count: images.count * places.rows * places.columns,
  };
  return { ...view, order: "by image", sums: [{ runs, range }] };
}

/**
 * Images as they are. One sum for each row of windows and each column of taps:
 * there, the taps that see the image do so in the same windows.
 */
function viewSkipped(
  taps: readonly Tap[],
  { input: images, places }: WindowChunk,
  filters: number,
): View {
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
  return { images, places, order: "by place", sums };
}

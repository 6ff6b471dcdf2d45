/**
 * The taps of a filter: where they look, and for which output pixels that is
 * inside the image.
 *
 * @module
 */
import type { Range } from "../threads/pieces.ts";
import type { Grid, Images, Padding } from "./windows.ts";

/** One tap of a filter. */
export interface Tap {
  /** Rows and columns from the window's corner. */
  row: number;
  column: number;
  /** Address of its `[channels in, channels out]` weights. */
  weights: number;
}

/** What a window's taps see without a gap in the image or in the weights. */
export interface TapRun {
  /** Bytes from the window's corner. */
  offset: number;
  /** Address of the first tap's weights. */
  weights: number;
  /** How many values of the image, and rows of weights. */
  length: number;
}

/** Puts taps that follow each other in the image and in the weights into runs. */
export function joinTaps(
  taps: readonly Tap[],
  { width, channels }: Images,
  filters: number,
): TapRun[] {
  const runs: TapRun[] = [];
  for (const { row, column, weights } of taps) {
    const offset = (row * width + column) * channels * 4;
    const before = runs.at(-1);
    if (
      before && offset === before.offset + before.length * 4 &&
      weights === before.weights + before.length * filters * 4
    ) {
      before.length += channels;
    } else {
      runs.push({ offset, weights, length: channels });
    }
  }
  return runs;
}

/** The rows and columns of a grid from the first to before the last. */
export interface Area {
  rows: [from: number, to: number];
  columns: [from: number, to: number];
}

/** The part of a grid of windows in which a tap sees pixels, not padding. */
export function seenBy(
  tap: { row: number; column: number },
  windows: Grid,
  image: { height: number; width: number },
): Area {
  return {
    rows: inside(
      windows.firstRow + tap.row,
      windows.rowStep,
      windows.rows,
      image.height,
    ),
    columns: inside(
      windows.firstColumn + tap.column,
      windows.columnStep,
      windows.columns,
      image.width,
    ),
  };
}

/** The i from 0 to `count` for which first + i · step is in [0, size). */
function inside(
  first: number,
  step: number,
  count: number,
  size: number,
): [number, number] {
  const from = Math.min(count, Math.max(0, Math.ceil(-first / step)));
  const to = Math.min(count, Math.ceil((size - first) / step));
  return [from, Math.max(from, to)];
}

/** How many pixels an area has. */
export function areaOf({ rows, columns }: Area): number {
  return (rows[1] - rows[0]) * (columns[1] - columns[0]);
}

/** The entries of an area in a table "by place" with `count` images. */
export function rangesOf(area: Area, grid: Grid, count: number): Range[] {
  const [left, right] = area.columns;
  const [top, bottom] = area.rows;
  if (areaOf(area) <= 0) return [];
  if (right - left === grid.columns) {
    return [{
      first: top * grid.columns * count,
      count: (bottom - top) * grid.columns * count,
    }];
  }
  return Array.from({ length: bottom - top }, (_, i) => ({
    first: ((top + i) * grid.columns + left) * count,
    count: (right - left) * count,
  }));
}

/** The corners of windows as places of the image without its padding. */
export function withoutPadding(windows: Grid, padding: Padding): Grid {
  return {
    ...windows,
    firstRow: windows.firstRow - padding.top,
    firstColumn: windows.firstColumn - padding.left,
  };
}

/**
 * Whether to leave out the products with padding: where they are a tenth or
 * more, channels enough for a product of each tap alone, and images enough for
 * full tiles.
 *
 * @param atOnce How many images are treated at once.
 */
export function worthSkipping(
  { input, padding, windows, taps }: {
    input: Images;
    padding: Padding;
    windows: Grid;
    taps: readonly Tap[];
  },
  filters: number,
  atOnce: number,
): boolean {
  const corners = withoutPadding(windows, padding);
  const all = windows.rows * windows.columns * taps.length;
  const seen = taps.reduce(
    (sum, tap) => sum + areaOf(seenBy(tap, corners, input)),
    0,
  );
  return Math.min(input.channels, filters) >= 8 &&
    atOnce * windows.columns >= 24 && seen <= 0.9 * all;
}

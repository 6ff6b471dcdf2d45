import { scratchSlot } from "../linking/scratch.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import type { Geometry as Pool } from "../windows/geometry.ts";
import type { WindowGrid } from "./window_loop.ts";

/** Consecutive rows or columns: the first of them, and how many. */
type Span = [first: number, count: number];
type Axis = "Height" | "Width";

/** For each output row or column, those of the input in its window. */
export function windows(pool: Pool, axis: Axis): Span[] {
  return Array.from({ length: pool[`out${axis}`] }, (_, i) => {
    const start = i * pool[`stride${axis}`] - before(pool, axis);
    const end = start + pool[`filter${axis}`];
    return between(start, end, pool[`in${axis}`]);
  });
}

/** For each input row or column, those of the output whose windows hold it. */
function coverings(pool: Pool, axis: Axis): Span[] {
  const stride = pool[`stride${axis}`];
  return Array.from({ length: pool[`in${axis}`] }, (_, i) => {
    const last = i + before(pool, axis);
    const first = last - pool[`filter${axis}`] + 1;
    return between(
      Math.ceil(first / stride),
      Math.floor(last / stride) + 1,
      pool[`out${axis}`],
    );
  });
}

const before = ({ padInfo }: Pool, axis: Axis) =>
  axis === "Height" ? padInfo.top : padInfo.left;

function between(start: number, end: number, length: number): Span {
  const first = Math.max(start, 0);
  return [first, Math.max(Math.min(end, length) - first, 0)];
}

const spanTable = scratchSlot("spans of a pool");

/** The windows that the output pixels see of an image. */
export function tabulateWindows(
  kernels: ThreadKernels,
  pool: Pool,
): WindowGrid {
  return tabulate(kernels, pool, windows, pool.inWidth);
}

/** The output pixels that see each pixel of an image. */
export function tabulateCoverings(
  kernels: ThreadKernels,
  pool: Pool,
): WindowGrid {
  return tabulate(kernels, pool, coverings, pool.outWidth);
}

/**
 * Writes two numbers for each row of windows, then for each column: where the
 * windows begin, in bytes from the first row or column, and how long they are.
 */
function tabulate(
  kernels: ThreadKernels,
  pool: Pool,
  spans: (pool: Pool, axis: Axis) => Span[],
  width: number,
): WindowGrid {
  const pixelBytes = pool.inChannels * 4;
  const rowBytes = width * pixelBytes;
  const [rows, columns] = [spans(pool, "Height"), spans(pool, "Width")];
  const table = [
    ...rows.map(([first, count]) => [first * rowBytes, count]),
    ...columns.map(([first, count]) => [first * pixelBytes, count]),
  ].flat();
  const address = kernels.scratch(spanTable, table.length * 4);
  kernels.integers().set(table, address / 4);
  return {
    spans: address,
    rows: rows.length,
    columns: columns.length,
    rowBytes,
    channels: pool.inChannels,
  };
}

import type { Geometry as Pool } from "../windows/geometry.ts";
import type { Host } from "../runtime/host.ts";

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

/** What a kernel takes after its addresses; see pool_windows.ts. */
export type Grid = [
  spans: number,
  rows: number,
  columns: number,
  rowBytes: number,
  channels: number,
];

/** The windows that the output pixels see of an image. */
export function tabulateWindows(host: Host, pool: Pool): Grid {
  return tabulate(host, pool, windows, pool.inWidth);
}

/** The output pixels that see each pixel of an image. */
export function tabulateCoverings(host: Host, pool: Pool): Grid {
  return tabulate(host, pool, coverings, pool.outWidth);
}

/**
 * Writes two numbers for each row of windows, then for each column: where the
 * windows begin, in bytes from the first row or column, and how long they are.
 */
function tabulate(
  host: Host,
  pool: Pool,
  spans: (pool: Pool, axis: Axis) => Span[],
  width: number,
): Grid {
  const pixelBytes = pool.inChannels * 4;
  const rowBytes = width * pixelBytes;
  const [rows, columns] = [spans(pool, "Height"), spans(pool, "Width")];
  const table = [
    ...rows.map(([first, count]) => [first * rowBytes, count]),
    ...columns.map(([first, count]) => [first * pixelBytes, count]),
  ].flat();
  const address = host.scratch("pool spans", table.length * 4);
  host.integers().set(table, address / 4);
  return [address, rows.length, columns.length, rowBytes, pool.inChannels];
}

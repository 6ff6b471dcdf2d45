/**
 * The loops around the micro-kernels: a product is cut into panels of columns
 * and stretches of k, each panel is packed once and then swept over all rows.
 *
 * @module
 */
import type { Host } from "./host.ts";
import { depthStep, panelDepth, tileRows } from "./tile_arena.ts";

/** The right-hand matrix B of a product: row-major, or stored transposed. */
export interface Matrix {
  /** Bytes from one stored row to the next. */
  stride: number;
  /** Whether columns of B are rows in memory. */
  transposed: boolean;
}

/** Neighbouring entries of a table. */
export interface Range {
  first: number;
  count: number;
}

/** A run of k that is contiguous in the rows of A. */
export interface Stretch {
  /** Bytes from the table's addresses to the first value of A. */
  aOffset: number;
  /** Address of the first value of B. */
  b: number;
  /** How many k. */
  depth: number;
  /** The rows that have these k. */
  ranges: readonly Range[];
}

/** C (+)= A · B with A and C given by tables. */
export interface RowsProduct {
  aTable: number;
  cTable: number;
  /** Bytes from the table's addresses to the first column of C. */
  cOffset: number;
  columns: number;
  stretches: readonly Stretch[];
  b: Matrix;
  /**
   * Whether the first stretch, too, adds to C's present values, as all others
   * do. If not, it must have all rows.
   */
  accumulates: boolean;
}

/** Computes a product whose rows of A are contiguous along k. */
export function multiplyRows(host: Host, product: RowsProduct): void {
  const { columns, stretches, b } = product;
  const { columns: tileColumns } = host.arena;
  for (let column = 0; column < columns; column += tileColumns) {
    const width = Math.min(tileColumns, columns - column);
    let accumulates = product.accumulates;
    for (const { aOffset, b: bAddress, depth, ranges } of stretches) {
      const step = panelStep(depth);
      for (let k = 0; k < depth; k += step) {
        const part = Math.min(step, depth - k);
        const whole = part - part % depthStep;
        pack(host, b, bAddress, k, column, part, width);
        for (const { first, count } of ranges) {
          sweep(
            count,
            (kernelRows, tiles, row) =>
              host.call[`rows${kernelRows}`]!(
                tiles,
                product.aTable + 4 * (first + row),
                product.cTable + 4 * (first + row),
                aOffset + 4 * k,
                product.cOffset + 4 * column,
                whole,
                part - whole,
                Number(accumulates),
                width,
              ),
          );
        }
        accumulates = true;
      }
    }
  }
}

/** Some rows of C: their values of A lie side by side at each k's address. */
export interface RowGroup {
  /** Bytes from the table's addresses to the first row's value. */
  aOffset: number;
  /** Address of the first row of C. */
  c: number;
  rows: number;
}

/** C (+)= Aᵀ · B with addresses for every k. */
export interface ColumnsProduct {
  groups: readonly RowGroup[];
  /** The address of A's values for each k. */
  aTable: number;
  /** The address of B's row for each k. */
  bTable: number;
  /** Which k of the tables to sum. */
  range: Range;
  columns: number;
  /** Bytes from a row of C to the next. */
  cStride: number;
  /** Whether to add to C's present values. */
  accumulates: boolean;
}

/** Computes a product whose rows of A are contiguous across, at each k. */
export function multiplyColumns(host: Host, product: ColumnsProduct): void {
  const { range, columns } = product;
  const { columns: tileColumns } = host.arena;
  const step = panelStep(range.count);
  for (let k = 0; k < range.count; k += step) {
    const part = Math.min(step, range.count - k);
    const whole = part - part % depthStep;
    const entry = 4 * (range.first + k);
    const accumulates = k > 0 || product.accumulates;
    for (let column = 0; column < columns; column += tileColumns) {
      const width = Math.min(tileColumns, columns - column);
      packTable(host, product.bTable + entry, column, part, width);
      for (const group of product.groups) {
        sweep(
          group.rows,
          (kernelRows, tiles, row) =>
            host.call[`columns${kernelRows}`]!(
              tiles,
              product.aTable + entry,
              group.aOffset + 4 * row,
              group.c + row * product.cStride + 4 * column,
              product.cStride,
              whole,
              part - whole,
              Number(accumulates),
              width,
            ),
        );
      }
    }
  }
}

/** Panels of about equal depth: a last one of a few k would be slow. */
function panelStep(depth: number): number {
  const panels = Math.ceil(depth / panelDepth);
  return Math.ceil(depth / panels / depthStep) * depthStep;
}

/**
 * Full tiles first, then what is left. One or two rows alone would waste most
 * of a tile's work, so they share it with the last full tile: 8 = 4 + 4.
 */
function sweep(
  rows: number,
  run: (kernelRows: number, tiles: number, firstRow: number) => void,
): void {
  const left = rows % tileRows;
  const shared = left > 0 && left < 4 && rows > tileRows;
  const tiles = Math.floor(rows / tileRows) - Number(shared);
  if (tiles > 0) run(tileRows, tiles, 0);
  let row = tiles * tileRows;
  if (shared) {
    const half = Math.ceil((rows - row) / 2);
    run(half, 1, row);
    row += half;
  }
  if (row < rows) run(rows - row, 1, row);
}

/** Packs `depth` rows of B from (k, column) on. */
function pack(
  host: Host,
  b: Matrix,
  address: number,
  k: number,
  column: number,
  depth: number,
  width: number,
): void {
  const kernel = host.call[b.transposed ? "packRows" : "packColumns"]!;
  eachPart(host, depth, (from, count, target) => {
    const [row, along] = b.transposed ? [column, k + from] : [k + from, column];
    const source = address + row * b.stride + 4 * along;
    kernel(source, b.stride, count, width, target);
  });
}

/** Packs the rows of B whose addresses the table holds, from a column on. */
function packTable(
  host: Host,
  table: number,
  column: number,
  depth: number,
  width: number,
): void {
  eachPart(host, depth, (from, count, target) => {
    host.call.packTable!(table + 4 * from, 4 * column, count, width, target);
  });
}

/** The steps of a panel and where they go: the odd ones at the end apart. */
function eachPart(
  host: Host,
  depth: number,
  run: (from: number, count: number, target: number) => void,
): void {
  const { panel, columns } = host.arena;
  const whole = depth - depth % depthStep;
  if (whole > 0) run(0, whole, panel);
  if (depth > whole) {
    run(whole, depth - whole, panel + panelDepth * 4 * columns);
  }
}

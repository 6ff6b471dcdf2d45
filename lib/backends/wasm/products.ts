/**
 * The loops around the micro-kernels: a product is cut into panels of columns
 * and stretches of k, each panel is packed once and then swept over all rows.
 *
 * @module
 */
import type { Host } from "./host.ts";
import {
  accumulate,
  depthStep,
  panelDepth,
  rectify,
  tileRows,
} from "./tile_arena.ts";

/** The right-hand matrix B of a product: row-major, or stored transposed. */
export interface Matrix {
  /** Bytes from one stored row to the next. */
  stride: number;
  /** Whether columns of B are rows in memory. */
  transposed: boolean;
}

/** A run of k that is contiguous in the rows of A. */
export interface Stretch {
  /** Bytes from the table's addresses to the first value of A. */
  aOffset: number;
  /** Address of the first value of B. */
  b: number;
  /** How many k. */
  depth: number;
}

/** C = A · B (+ bias), rectified or not, with A and C given by tables. */
export interface RowsProduct {
  /** How many rows; the tables have an entry for each. */
  rows: number;
  aTable: number;
  cTable: number;
  /** Bytes from the table's addresses to the first column of C. */
  cOffset: number;
  columns: number;
  stretches: readonly Stretch[];
  b: Matrix;
  /** Address of a value per column that is added, or 0 for none. */
  bias: number;
  rectified: boolean;
}

/** Computes a product whose rows of A are contiguous along k. */
export function multiplyRows(host: Host, product: RowsProduct): void {
  const { rows, columns, stretches, b } = product;
  const { columns: tileColumns } = host.arena;
  for (let column = 0; column < columns; column += tileColumns) {
    const width = Math.min(tileColumns, columns - column);
    setBias(host, product.bias && product.bias + 4 * column, width);
    let first = true;
    for (const stretch of stretches) {
      for (let k = 0; k < stretch.depth; k += panelDepth) {
        const depth = Math.min(panelDepth, stretch.depth - k);
        const last = stretch === stretches.at(-1) &&
          k + depth === stretch.depth;
        pack(host, b, stretch.b, k, column, depth, width);
        const mode = (first ? 0 : accumulate) |
          (last && product.rectified ? rectify : 0);
        const whole = depth - depth % depthStep;
        sweep(rows, (kernelRows, tiles, row) =>
          host.call[`rows${kernelRows}`]!(
            tiles,
            product.aTable + 4 * row,
            product.cTable + 4 * row,
            stretch.aOffset + 4 * k,
            product.cOffset + 4 * column,
            whole,
            depth - whole,
            mode,
            width,
          ));
        first = false;
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

/** C (+)= Aᵀ · B with an address for every k. */
export interface ColumnsProduct {
  groups: readonly RowGroup[];
  /** The address of A's values for each k. */
  kTable: number;
  depth: number;
  /** Address of B's first value. */
  bAddress: number;
  b: Matrix;
  columns: number;
  /** Bytes from a row of C to the next. */
  cStride: number;
  /** Whether to add to C's present values. */
  accumulates: boolean;
}

/** Computes a product whose rows of A are contiguous across, at each k. */
export function multiplyColumns(host: Host, product: ColumnsProduct): void {
  const { depth, columns, b } = product;
  const { columns: tileColumns } = host.arena;
  for (let k = 0; k < depth; k += panelDepth) {
    const part = Math.min(panelDepth, depth - k);
    const whole = part - part % depthStep;
    const mode = k === 0 && !product.accumulates ? 0 : accumulate;
    for (let column = 0; column < columns; column += tileColumns) {
      const width = Math.min(tileColumns, columns - column);
      if (mode === 0) setBias(host, 0, width);
      pack(host, b, product.bAddress, k, column, part, width);
      for (const group of product.groups) {
        sweep(
          group.rows,
          (kernelRows, tiles, row) =>
            host.call[`columns${kernelRows}`]!(
              tiles,
              product.kTable + 4 * k,
              group.aOffset + 4 * row,
              group.c + row * product.cStride + 4 * column,
              product.cStride,
              whole,
              part - whole,
              mode,
              width,
            ),
        );
      }
    }
  }
}

/** Full tiles first, then one smaller tile for the rows that are left. */
function sweep(
  rows: number,
  run: (kernelRows: number, tiles: number, firstRow: number) => void,
): void {
  const tiles = Math.floor(rows / tileRows);
  const left = rows - tiles * tileRows;
  if (tiles > 0) run(tileRows, tiles, 0);
  if (left > 0) run(left, 1, rows - left);
}

/** Packs `depth` rows of B from (k, column) on, the odd ones at the end apart. */
function pack(
  host: Host,
  b: Matrix,
  address: number,
  k: number,
  column: number,
  depth: number,
  width: number,
): void {
  const whole = depth - depth % depthStep;
  const kernel = b.transposed ? "packRows" : "packColumns";
  const part = (from: number, count: number, target: number) => {
    if (count === 0) return;
    const [row, along] = b.transposed ? [column, k + from] : [k + from, column];
    host.call[kernel]!(
      address + row * b.stride + 4 * along,
      b.stride,
      count,
      width,
      target,
    );
  };
  const { panel, columns } = host.arena;
  part(0, whole, panel);
  part(whole, depth - whole, panel + panelDepth * 4 * columns);
}

/** Puts a panel's bias, or zeros, where the kernels read it. */
function setBias(host: Host, address: number, width: number): void {
  const { bias, columns } = host.arena;
  if (address === 0) host.floats().fill(0, bias / 4, bias / 4 + columns);
  else host.floats().copyWithin(bias / 4, address / 4, address / 4 + width);
}

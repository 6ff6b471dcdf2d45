/**
 * Products of matrices that tables of addresses describe.
 *
 * @module
 */
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import type { Range } from "../threads/pieces.ts";
import { scratchSlot } from "../linking/scratch.ts";
import { productPacked, productRows } from "./product_functions.ts";
import { tabulateRows } from "./row_table.ts";
import { depthStep, panelDepth } from "./tile_size.ts";
import { transposeTable } from "./transpose_functions.ts";

/** The right-hand matrix B of a product: row-major, or stored transposed. */
export interface StoredMatrix {
  /** Bytes from one stored row to the next. */
  stride: number;
  /** Whether columns of B are rows in memory. */
  transposed: boolean;
}

/** Neighbouring k whose values lie side by side in the rows of A. */
export interface KBlock {
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
  blocks: readonly KBlock[];
  b: StoredMatrix;
  /**
   * Whether the first block, too, adds to C's present values, as all others
   * do. If not, it must have all rows.
   */
  accumulates: boolean;
}

/** All k in one block, for all rows. */
export const oneBlock = (
  rows: number,
  depth: number,
  b: number,
  aOffset = 0,
): KBlock[] => [{ aOffset, b, depth, ranges: [{ first: 0, count: rows }] }];

const rangeSlot = scratchSlot("row ranges");

/** Computes a product whose rows of A are contiguous along k. */
export function multiplyRows(
  kernels: ThreadKernels,
  product: RowsProduct,
): void {
  const { aTable, cTable, cOffset, columns, b: matrix } = product;
  const { stride, transposed } = matrix;
  product.blocks.forEach(({ aOffset, b, depth, ranges }, i) => {
    const rangeTable = kernels.scratch(rangeSlot, ranges.length * 8);
    const integers = kernels.integers();
    let entry = rangeTable / 4;
    for (const { first, count } of ranges) {
      integers[entry++] = first;
      integers[entry++] = count;
    }
    kernels.run(productRows, {
      ranges: rangeTable,
      rangeCount: ranges.length,
      aTable,
      cTable,
      aOffset,
      cOffset,
      b,
      stride,
      transposed: Number(transposed),
      depth,
      columns,
      accumulates: Number(i > 0 || product.accumulates),
    });
  });
}

/** Some rows of C: their values of A lie side by side at each k's address. */
export interface RowGroup {
  /** Bytes from the table's addresses to the first row's value. */
  aOffset: number;
  rows: number;
}

/** C (+)= Aᵀ · B with addresses for every k. */
export interface ColumnsProduct {
  /** The address of A's values for each k. */
  aTable: number;
  groups: readonly RowGroup[];
  /** Which k of the tables to sum. */
  range: Range;
  /** What A is multiplied with, and where the products go. */
  products: readonly {
    /** The address of B's row for each k. */
    bTable: number;
    columns: number;
    /** Bytes from a row of C to the next. */
    cStride: number;
    /** The address of the first row of C for each group. */
    targets: readonly number[];
  }[];
  /** Whether to add to C's present values. */
  accumulates: boolean;
}

const packedSlot = scratchSlot("packed rows of A");
const packedTableSlot = scratchSlot("table of packed rows");
const targetSlot = scratchSlot("tables of rows of C");

/**
 * Computes products whose rows of A are contiguous across, at each k. A panel of A
 * is made into rows of their own: then they lie close together, wherever they
 * were, and serve all products.
 */
export function multiplyColumns(
  kernels: ThreadKernels,
  product: ColumnsProduct,
): void {
  const { aTable, groups, range, products } = product;
  const most = Math.max(0, ...groups.map(({ rows }) => rows));
  const rowBytes = 4 * panelDepth;
  const packed = kernels.scratch(packedSlot, most * rowBytes);
  const packedRows = { address: packed, rowBytes, count: most };
  const packedTable = tabulateRows(kernels, packedTableSlot, packedRows);
  const step = panelStep(range.count);
  groups.forEach(({ aOffset, rows }, group) => {
    const cTables = products.map(({ cStride, targets }, i) =>
      tabulateRows(kernels, targetSlot, {
        address: targets[group]!,
        rowBytes: cStride,
        count: rows,
      }, i)
    );
    for (let k = 0; k < range.count; k += step) {
      const depth = Math.min(step, range.count - k);
      const entry = 4 * (range.first + k);
      kernels.run(transposeTable, {
        table: aTable + entry,
        offset: aOffset,
        rows: depth,
        columns: rows,
        target: packed,
        stride: rowBytes,
      });
      products.forEach(({ bTable, columns }, i) =>
        kernels.run(productPacked, {
          rows,
          packedTable,
          cTable: cTables[i]!,
          bTable: bTable + entry,
          depth,
          columns,
          accumulates: Number(k > 0 || product.accumulates),
        })
      );
    }
  });
}

/** Panels of about equal depth: a last one of a few k would be slow. */
function panelStep(depth: number): number {
  const panels = Math.ceil(depth / panelDepth);
  return Math.ceil(depth / panels / depthStep) * depthStep;
}

/**
 * Products of matrices that tables of addresses describe.
 *
 * @module
 */
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import type { Range } from "../threads/pieces.ts";
import { depthStep, panelDepth } from "../linking/tile_arena.ts";

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
export function multiplyRows(
  kernels: ThreadKernels,
  product: RowsProduct,
): void {
  const { aTable, cTable, cOffset, columns, b } = product;
  let { accumulates } = product;
  for (const { aOffset, b: bAddress, depth, ranges } of product.stretches) {
    const table = kernels.scratch("ranges", ranges.length * 8);
    const integers = kernels.integers();
    let entry = table / 4;
    for (const { first, count } of ranges) {
      integers[entry++] = first;
      integers[entry++] = count;
    }
    kernels.call.productRows!(
      table,
      ranges.length,
      aTable,
      cTable,
      aOffset,
      cOffset,
      bAddress,
      b.stride,
      Number(b.transposed),
      depth,
      columns,
      Number(accumulates),
    );
    accumulates = true;
  }
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
  const packed = kernels.scratch("packed rows", most * rowBytes);
  const packedTable = kernels.scratch("packed row table", most * 4);
  kernels.call.tabulate!(packedTable, packed, rowBytes, most);
  const cTables = products.map((_, i) =>
    kernels.scratch(`product row table ${i}`, most * 4)
  );
  const step = panelStep(range.count);
  groups.forEach(({ aOffset, rows }, group) => {
    products.forEach(({ cStride, targets }, i) =>
      kernels.call.tabulate!(cTables[i]!, targets[group]!, cStride, rows)
    );
    for (let k = 0; k < range.count; k += step) {
      const depth = Math.min(step, range.count - k);
      const entry = 4 * (range.first + k);
      kernels.call.transposeTable!(
        aTable + entry,
        aOffset,
        depth,
        rows,
        packed,
        rowBytes,
      );
      products.forEach(({ bTable, columns }, i) =>
        kernels.call.productPacked!(
          rows,
          packedTable,
          cTables[i]!,
          bTable + entry,
          depth,
          columns,
          Number(k > 0 || product.accumulates),
        )
      );
    }
  });
}

/** Panels of about equal depth: a last one of a few k would be slow. */
function panelStep(depth: number): number {
  const panels = Math.ceil(depth / panelDepth);
  return Math.ceil(depth / panels / depthStep) * depthStep;
}

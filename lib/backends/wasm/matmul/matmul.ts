import { clearMemory } from "../runtime/clear_memory.ts";
import { cutPixels } from "../gemm/pixel_pieces.ts";
import { multiplyColumns, multiplyRows } from "../gemm/products.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import { cutFairly, cutInto, pieceOf, type Range } from "../threads/pieces.ts";
import type { ParallelKernels, Task } from "../threads/task.ts";
import { tileRows } from "../linking/tile_arena.ts";
import { transposeMatrices } from "../gemm/transpose_matrices.ts";

/** One product of two matrices in memory: C = A · B. */
export interface MatrixProduct {
  /** Address of A, stored `[rows, depth]`, or `[depth, rows]` if transposed. */
  a: number;
  transposeA: boolean;
  /** Address of B, stored `[depth, columns]`, or `[columns, depth]`. */
  b: number;
  transposeB: boolean;
  /** Address of C `[rows, columns]`. */
  c: number;
  rows: number;
  columns: number;
  depth: number;
}

/**
 * Multiplies two matrices in any of the four transpositions: a transposed A
 * chooses the micro-kernel, a transposed B the way its panels are packed.
 */
export function multiplyMatrices(
  host: ParallelKernels,
  product: MatrixProduct,
): void {
  const { transposeA, c, rows, columns, depth } = product;
  if (depth === 0) {
    clearMemory(host, { address: c, bytes: 4 * rows * columns });
  } else if (transposeA) {
    host.parallel(
      multiplyColumnSlice,
      { ...product, b: rowMajor(host, product), transposeB: false },
      cutFairly(rows, sliceRows, tileRows).pieces,
    );
  } else {
    const { stretches, slices } = cutProduct(product);
    host.parallel(multiplyBlock, product, stretches.pieces * slices.pieces);
  }
}

/** Rows of a piece of a product with a transposed A. */
const sliceRows = 96;

/** How the rows and columns of a product are cut: columns where rows are few. */
function cutProduct({ rows, columns, depth }: MatrixProduct) {
  const isSmall = rows * columns * depth < 1 << 22;
  const stretches = isSmall
    ? cutInto(rows, Math.max(1, rows))
    : cutPixels(rows, depth);
  const slices = isSmall || stretches.pieces > 2
    ? cutInto(columns, Math.max(1, columns))
    : cutInto(columns, 64, 16);
  return { stretches, slices };
}

/** The task of a product whose A is not transposed. */
export const multiplyBlock: Task<MatrixProduct> = {
  name: "multiply some rows and columns",
  run(kernels, product, piece) {
    const { a, b, c, transposeB, columns, depth } = product;
    const { stretches, slices } = cutProduct(product);
    const rows = pieceOf(
      product.rows,
      stretches,
      Math.floor(piece / slices.pieces),
    );
    const slice = pieceOf(columns, slices, piece % slices.pieces);
    const stride = 4 * (transposeB ? depth : columns);
    multiplyRows(kernels, {
      aTable: tabulateRows(kernels, "window table", a, rows, depth),
      cTable: tabulateRows(kernels, "pixel table", c, rows, columns),
      cOffset: slice.first * 4,
      columns: slice.count,
      stretches: [{
        aOffset: 0,
        b: b + slice.first * (transposeB ? stride : 4),
        depth,
        ranges: [{ first: 0, count: rows.count }],
      }],
      b: { stride, transposed: transposeB },
      accumulates: false,
    });
  },
};

/** The task of a product whose A alone is transposed. */
export const multiplyColumnSlice: Task<MatrixProduct> = {
  name: "multiply some columns",
  run(kernels, { a, b, c, rows, columns, depth }, piece) {
    const cut = cutFairly(rows, sliceRows, tileRows);
    const slice = pieceOf(rows, cut, piece);
    const all = { first: 0, count: depth };
    multiplyColumns(kernels, {
      aTable: tabulateRows(kernels, "window table", a, all, rows),
      groups: [{ aOffset: slice.first * 4, rows: slice.count }],
      range: all,
      products: [{
        bTable: tabulateRows(kernels, "gradient table 0", b, all, columns),
        columns,
        cStride: columns * 4,
        targets: [c + slice.first * columns * 4],
      }],
      accumulates: false,
    });
  },
};

/** Address of B `[depth, columns]`, turned over if it is stored transposed. */
function rowMajor(
  host: ParallelKernels,
  { b, transposeB, depth, columns }: MatrixProduct,
): number {
  if (!transposeB) return b;
  const copy = host.scratch("transposed matrix", depth * columns * 4);
  transposeMatrices(host, [
    { source: b, target: copy, rows: columns, columns: depth },
  ]);
  return copy;
}

/** A table with the address of some rows of a row-major matrix. */
function tabulateRows(
  kernels: ThreadKernels,
  name: string,
  address: number,
  { first, count }: Range,
  columns: number,
): number {
  const table = kernels.scratch(name, count * 4);
  const rowBytes = columns * 4;
  kernels.call.tabulate!(table, address + first * rowBytes, rowBytes, count);
  return table;
}

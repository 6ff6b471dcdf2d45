import { clearMemory } from "../runtime/clear_memory.ts";
import { cutPixels } from "../gemm/pixel_pieces.ts";
import { multiplyColumns, multiplyRows, oneBlock } from "../gemm/products.ts";
import {
  aRows,
  bRows,
  cRows,
  someRows,
  tabulateRows,
} from "../gemm/row_table.ts";
import { scratchSlot } from "../linking/scratch.ts";
import { cutFairly, cutInto, pieceOf } from "../threads/pieces.ts";
import type { ParallelKernels, Task } from "../threads/task.ts";
import { tileRows } from "../gemm/tile_size.ts";
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
    const { strips, slices } = cutProduct(product);
    host.parallel(multiplyBlock, product, strips.pieces * slices.pieces);
  }
}

/** Rows of a piece of a product with a transposed A. */
const sliceRows = 96;

/** How the rows and columns of a product are cut: columns where rows are few. */
function cutProduct({ rows, columns, depth }: MatrixProduct) {
  const isSmall = rows * columns * depth < 1 << 22;
  const strips = isSmall
    ? cutInto(rows, Math.max(1, rows))
    : cutPixels(rows, depth);
  const slices = isSmall || strips.pieces > 2
    ? cutInto(columns, Math.max(1, columns))
    : cutInto(columns, 64, 16);
  return { strips, slices };
}

/** The task of a product whose A is not transposed. */
export const multiplyBlock: Task<MatrixProduct> = {
  name: "multiply some rows and columns",
  run(kernels, product, piece) {
    const { a, b, c, transposeB, columns, depth } = product;
    const { strips, slices } = cutProduct(product);
    const rows = pieceOf(
      product.rows,
      strips,
      Math.floor(piece / slices.pieces),
    );
    const slice = pieceOf(columns, slices, piece % slices.pieces);
    const stride = 4 * (transposeB ? depth : columns);
    multiplyRows(kernels, {
      aTable: tabulateRows(kernels, aRows, someRows(a, rows, depth)),
      cTable: tabulateRows(kernels, cRows, someRows(c, rows, columns)),
      cOffset: slice.first * 4,
      columns: slice.count,
      blocks: oneBlock(
        rows.count,
        depth,
        b + slice.first * (transposeB ? stride : 4),
      ),
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
      aTable: tabulateRows(kernels, aRows, someRows(a, all, rows)),
      groups: [{ aOffset: slice.first * 4, rows: slice.count }],
      range: all,
      products: [{
        bTable: tabulateRows(kernels, bRows, someRows(b, all, columns)),
        columns,
        cStride: columns * 4,
        targets: [c + slice.first * columns * 4],
      }],
      accumulates: false,
    });
  },
};

const transposedSlot = scratchSlot("transposed matrix");

/** Address of B `[depth, columns]`, turned over if it is stored transposed. */
function rowMajor(
  host: ParallelKernels,
  { b, transposeB, depth, columns }: MatrixProduct,
): number {
  if (!transposeB) return b;
  const copy = host.scratch(transposedSlot, depth * columns * 4);
  transposeMatrices(host, [
    { source: b, target: copy, rows: columns, columns: depth },
  ]);
  return copy;
}

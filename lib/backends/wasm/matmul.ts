import type { Host } from "./host.ts";
import { multiplyColumns, multiplyRows } from "./products.ts";
import { tabulatePixels, wholeGrid } from "./windows.ts";

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
export function multiplyMatrices(host: Host, product: MatrixProduct): void {
  const { a, transposeA, transposeB, c, rows, columns, depth } = product;
  if (depth === 0) {
    host.floats().fill(0, c / 4, c / 4 + rows * columns);
    return;
  }
  const range = { first: 0, count: transposeA ? depth : rows };
  if (transposeA) {
    multiplyColumns(host, {
      aTable: tabulateRows(host, "window table", a, depth, rows),
      groups: [{ aOffset: 0, rows }],
      range,
      products: [{
        bTable: tabulateRows(
          host,
          "pixel table",
          rowMajor(host, product),
          depth,
          columns,
        ),
        columns,
        cStride: columns * 4,
        targets: [c],
      }],
      accumulates: false,
    });
  } else {
    multiplyRows(host, {
      aTable: tabulateRows(host, "window table", a, rows, depth),
      cTable: tabulateRows(host, "pixel table", c, rows, columns),
      cOffset: 0,
      columns,
      stretches: [{ aOffset: 0, b: product.b, depth, ranges: [range] }],
      b: {
        stride: (transposeB ? depth : columns) * 4,
        transposed: transposeB,
      },
      accumulates: false,
    });
  }
}

/** Address of B `[depth, columns]`, turned over if it is stored transposed. */
function rowMajor(
  host: Host,
  { b, transposeB, depth, columns }: MatrixProduct,
): number {
  if (!transposeB) return b;
  const copy = host.scratch("transposed matrix", depth * columns * 4);
  host.call.transpose!(b, copy, columns, depth);
  return copy;
}

/** A table with the address of each row of a row-major matrix. */
function tabulateRows(
  host: Host,
  name: string,
  address: number,
  rows: number,
  columns: number,
): number {
  const matrix = { address, count: 1, height: rows, width: 1 };
  return tabulatePixels(
    host,
    name,
    { ...matrix, channels: columns },
    wholeGrid(matrix),
  );
}

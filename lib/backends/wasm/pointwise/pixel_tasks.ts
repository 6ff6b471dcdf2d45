/**
 * The pieces of 1×1 convolutions: their images are matrices `[pixels, channels]`.
 *
 * @module
 */
import { type Finish, finishRun } from "../epilogue/finish.ts";
import { cutPixels, cutSums } from "../gemm/pixel_pieces.ts";
import { multiplyColumns, multiplyRows, oneBlock } from "../gemm/products.ts";
import {
  aRows,
  bRows,
  cRows,
  someRows,
  tabulateRows,
} from "../gemm/row_table.ts";
import { pieceOf } from "../threads/pieces.ts";
import type { Task } from "../threads/task.ts";

/** Products C = A · B, of which all have the same A. */
export interface PixelProducts {
  x: number;
  rows: number;
  channels: number;
  products: readonly {
    /** `[channels, columns]` */
    filter: number;
    output: number;
    columns: number;
    finish?: Finish | undefined;
  }[];
}

/** Multiplies some pixels with all filters. */
export const convolveSomePixels: Task<PixelProducts> = {
  name: "convolve some pixels",
  run(kernels, { x, rows, channels, products }, piece) {
    const pixels = pieceOf(rows, cutPixels(rows, channels), piece);
    const aTable = tabulateRows(kernels, aRows, someRows(x, pixels, channels));
    for (const { filter, output, columns, finish } of products) {
      multiplyRows(kernels, {
        aTable,
        cTable: tabulateRows(kernels, cRows, someRows(output, pixels, columns)),
        cOffset: 0,
        columns,
        blocks: oneBlock(pixels.count, channels, filter),
        b: { stride: columns * 4, transposed: false },
        accumulates: false,
      });
      const first = output + pixels.first * columns * 4;
      finishRun(kernels, finish, first, pixels.count, columns, piece);
    }
  },
};

/** A sum of products C (+)= Σ A · B. */
export interface PixelSum {
  rows: number;
  channels: number;
  dx: number;
  accumulates: boolean;
  products: readonly {
    dy: number;
    depth: number;
    /** `[depth, channels]` */
    filter: number;
  }[];
}

/** The gradient in some of the pixels. */
export const sumPixelGradients: Task<PixelSum> = {
  name: "input gradient of some pixels",
  run(kernels, { rows, channels, dx, accumulates, products }, piece) {
    const pixels = pieceOf(rows, cutPixels(rows, channels), piece);
    const cTable = tabulateRows(kernels, cRows, someRows(dx, pixels, channels));
    products.forEach(({ dy, depth, filter }, i) =>
      multiplyRows(kernels, {
        aTable: tabulateRows(kernels, aRows, someRows(dy, pixels, depth)),
        cTable,
        cOffset: 0,
        columns: channels,
        blocks: oneBlock(pixels.count, depth, filter),
        b: { stride: channels * 4, transposed: false },
        accumulates: accumulates || i > 0,
      })
    );
  },
};

/** Products C = Aᵀ · B, of which all have the same A. */
export interface FilterGradients {
  x: number;
  rows: number;
  channels: number;
  /** Of all products. */
  columns: number;
  products: readonly {
    dy: number;
    columns: number;
    /** `[channels, columns]` of the first part. */
    target: number;
  }[];
  /** Bytes from a part to the next. */
  partBytes: number;
}

/** Some channels' gradients, of some pixels. */
export const sumFilterGradients: Task<FilterGradients> = {
  name: "filter gradients of some pixels",
  run(kernels, { x, rows, channels, columns, products, partBytes }, piece) {
    const { slices, parts } = cutSums(rows, channels, columns);
    const part = Math.floor(piece / slices.pieces);
    const slice = pieceOf(channels, slices, piece % slices.pieces);
    const pixels = pieceOf(rows, parts, part);
    const offset = part * partBytes;
    multiplyColumns(kernels, {
      aTable: tabulateRows(kernels, aRows, someRows(x, pixels, channels)),
      groups: [{ aOffset: slice.first * 4, rows: slice.count }],
      range: { first: 0, count: pixels.count },
      products: products.map(({ dy, columns, target }, i) => ({
        bTable: tabulateRows(kernels, bRows, someRows(dy, pixels, columns), i),
        columns,
        cStride: columns * 4,
        targets: [target + offset + slice.first * columns * 4],
      })),
      accumulates: false,
    });
  },
};

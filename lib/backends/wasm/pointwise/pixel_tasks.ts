/**
 * The pieces of 1×1 convolutions: their images are matrices `[pixels, channels]`.
 *
 * @module
 */
import { type Finish, finishRun } from "../epilogue/finish.ts";
import { cutPixels, cutSums } from "../gemm/pixel_pieces.ts";
import { multiplyColumns, multiplyRows } from "../gemm/products.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import { pieceOf, type Range } from "../threads/pieces.ts";
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

/** Multiplies a stretch of pixels with all filters. */
export const convolveStretch: Task<PixelProducts> = {
  name: "convolve a stretch of pixels",
  run(kernels, { x, rows, channels, products }, piece) {
    const stretch = pieceOf(rows, cutPixels(rows, channels), piece);
    const aTable = tabulate(kernels, "window table", x, channels, stretch);
    for (const { filter, output, columns, finish } of products) {
      multiplyRows(kernels, {
        aTable,
        cTable: tabulate(kernels, "pixel table", output, columns, stretch),
        cOffset: 0,
        columns,
        stretches: [{
          aOffset: 0,
          b: filter,
          depth: channels,
          ranges: [{ first: 0, count: stretch.count }],
        }],
        b: { stride: columns * 4, transposed: false },
        accumulates: false,
      });
      const first = output + stretch.first * columns * 4;
      finishRun(kernels, finish, first, stretch.count, columns, piece);
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

/** The gradient in a stretch of the pixels. */
export const inputGradientStretch: Task<PixelSum> = {
  name: "input gradient of a stretch of pixels",
  run(kernels, { rows, channels, dx, accumulates, products }, piece) {
    const stretch = pieceOf(rows, cutPixels(rows, channels), piece);
    const cTable = tabulate(kernels, "pixel table", dx, channels, stretch);
    products.forEach(({ dy, depth, filter }, i) =>
      multiplyRows(kernels, {
        aTable: tabulate(kernels, "window table", dy, depth, stretch),
        cTable,
        cOffset: 0,
        columns: channels,
        stretches: [{
          aOffset: 0,
          b: filter,
          depth,
          ranges: [{ first: 0, count: stretch.count }],
        }],
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
export const filterGradientSlice: Task<FilterGradients> = {
  name: "filter gradients of some pixels",
  run(kernels, { x, rows, channels, columns, products, partBytes }, piece) {
    const { slices, parts } = cutSums(rows, channels, columns);
    const part = Math.floor(piece / slices.pieces);
    const slice = pieceOf(channels, slices, piece % slices.pieces);
    const pixels = pieceOf(rows, parts, part);
    const offset = part * partBytes;
    multiplyColumns(kernels, {
      aTable: tabulate(kernels, "window table", x, channels, pixels),
      groups: [{ aOffset: slice.first * 4, rows: slice.count }],
      range: { first: 0, count: pixels.count },
      products: products.map(({ dy, columns, target }, i) => ({
        bTable: tabulate(kernels, `gradient table ${i}`, dy, columns, pixels),
        columns,
        cStride: columns * 4,
        targets: [target + offset + slice.first * columns * 4],
      })),
      accumulates: false,
    });
  },
};

/** Writes a table with the address of every pixel of a stretch. */
function tabulate(
  kernels: ThreadKernels,
  name: string,
  address: number,
  channels: number,
  { first, count }: Range,
): number {
  const table = kernels.scratch(name, count * 4);
  const pixelBytes = channels * 4;
  kernels.call.tabulate!(
    table,
    address + first * pixelBytes,
    pixelBytes,
    count,
  );
  return table;
}

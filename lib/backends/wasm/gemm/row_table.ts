import { repeat } from "../asm/control.ts";
import { i32 } from "../asm/integers.ts";
import { wasmFunction } from "../asm/wasm_function.ts";
import { type ScratchSlot, scratchSlot } from "../linking/scratch.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import type { Range } from "../threads/pieces.ts";

/** Writes the numbers first, first + step, … */
export const tabulate = wasmFunction(
  "tabulate",
  ["table", "first", "step", "count"],
  ({ table, first, step, count }) =>
    repeat(count, [
      i32.store(table.get, first.get),
      first.increase(step.get),
      table.increase(4),
    ]),
);

/** The addresses of the rows of the matrices of a product C = A · B. */
export const [aRows, bRows, cRows] = [
  scratchSlot("rows of A"),
  scratchSlot("rows of B"),
  scratchSlot("rows of C"),
] as const;

/** MatrixRows of a matrix, so many bytes apart. */
export interface MatrixRows {
  /** Of the first one. */
  address: number;
  rowBytes: number;
  count: number;
}

/** Some rows of a row-major matrix of floats. */
export function someRows(
  matrix: number,
  { first, count }: Range,
  columns: number,
): MatrixRows {
  const rowBytes = columns * 4;
  return { address: matrix + first * rowBytes, rowBytes, count };
}

/**
 * Writes a table with the address of every row.
 *
 * @param number Which of several tables of the slot (default 0).
 */
export function tabulateRows(
  kernels: ThreadKernels,
  slot: ScratchSlot,
  { address, rowBytes, count }: MatrixRows,
  number = 0,
): number {
  const table = kernels.scratch(slot, 4 * count, number);
  kernels.run(tabulate, { table, first: address, step: rowBytes, count });
  return table;
}

import { codeCells, isRun, type NotebookFile } from "../notebook.ts";

/** A notebook as a reader may run it who does not go from top to bottom. */
export interface Variant {
  notebook: NotebookFile;
  /** What a cell of it is called, by its number there. */
  nameOf(number: number): string;
}

/**
 * Each code cell two times in a row.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const cell = { cell_type: "code", metadata: {}, source: "1;" };
 * const variant = cellsTwice({
 *   nbformat: 4,
 *   nbformat_minor: 5,
 *   metadata: {},
 *   cells: [cell, cell],
 * });
 * assert.equal(variant.notebook.cells.length, 4);
 * assert.equal(variant.nameOf(4), "cell [2], run again");
 * ```
 */
export function cellsTwice(notebook: NotebookFile): Variant {
  const cells = notebook.cells.flatMap((cell) =>
    isRun(cell)
      ? [cell, { ...cell, ...(cell.id && { id: `${cell.id}-again` }) }]
      : [cell]
  );
  return {
    notebook: { ...notebook, cells },
    nameOf: (number) =>
      `cell [${Math.ceil(number / 2)}]${number % 2 ? "" : ", run again"}`,
  };
}

/**
 * All cells without one.
 *
 * @param left The number of the cell that is left out.
 */
export function withoutCell(notebook: NotebookFile, left: number): Variant {
  const gone = notebook.cells.filter(isRun)[left - 1];
  return {
    notebook: {
      ...notebook,
      cells: notebook.cells.filter((cell) => cell !== gone),
    },
    nameOf: (number) => `cell [${number < left ? number : number + 1}]`,
  };
}

/** How many cells of a notebook can be left out: those that run. */
export function cellCount(notebook: NotebookFile): number {
  return codeCells(notebook).length;
}

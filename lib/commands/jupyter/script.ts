import { codeCells, type NotebookFile } from "./notebook.ts";

/** The code of a notebook as one module, and where each cell begins in it. */
export interface Script {
  code: string;
  /** The number of the cell that each line belongs to, and the line there, both from 1. */
  lines: { cell: number; line: number }[];
}

/**
 * Joins the code cells of a notebook to one module, which can be type-checked
 * and linted; Deno does neither with a notebook.
 *
 * The kernel allows a name to be declared again in a later cell. Here that is
 * an error: in a notebook that teaches, a name means one thing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const code = (source: string) => ({
 *   cell_type: "code",
 *   metadata: {},
 *   source,
 * });
 * const { lines } = notebookScript({
 *   nbformat: 4,
 *   nbformat_minor: 5,
 *   metadata: {},
 *   cells: [code("const a = 1;\nconst b = 2;"), code("a + b;")],
 * });
 * assert.deepEqual(lines[2], { cell: 2, line: 1 });
 * ```
 */
export function notebookScript(notebook: NotebookFile): Script {
  const lines = codeCells(notebook).flatMap(({ number, source }) =>
    source.split("\n").map((text, i) => ({ text, cell: number, line: i + 1 }))
  );
  return {
    code: lines.map(({ text }) => text).join("\n") + "\n",
    lines: lines.map(({ cell, line }) => ({ cell, line })),
  };
}

/**
 * Replaces the places in the script that `deno check` and `deno lint
 * --compact` name by places in the notebook.
 *
 * @param message What Deno printed.
 * @param scripts The scripts by the names of their files, without `.ts`.
 */
export function toCells(
  message: string,
  scripts: ReadonlyMap<string, Script>,
): string {
  return message.replace(
    /\S*[/\\]([^/\\\s]+)\.ts(?::(\d+):(\d+)|: line (\d+), col (\d+))/g,
    (whole, name, line1, column1, line2, column2) => {
      const place = scripts.get(name)?.lines[Number(line1 ?? line2) - 1];
      return place
        ? `${name}.ipynb, cell [${place.cell}], line ${place.line}, column ${
          column1 ?? column2
        }`
        : whole;
    },
  );
}

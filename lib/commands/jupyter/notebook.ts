import { PLOTLY_TYPE } from "../../plots/notebook/figure_bundle.ts";
import type { MimeBundle } from "../../plots/encode/mime_bundle.ts";

/** Text as notebooks keep it: whole, or in lines that keep their line ends. */
export type Text = string | string[];

/** What a cell gave out. */
export type CellOutput =
  | { output_type: "stream"; name: string; text: Text }
  | {
    output_type: "display_data" | "execute_result";
    data: MimeBundle;
    metadata: Record<string, unknown>;
    execution_count?: number | null;
  }
  | {
    output_type: "error";
    ename: string;
    evalue: string;
    traceback: string[];
  };

/** A cell of a notebook; only a code cell has outputs. */
export interface Cell {
  cell_type: string;
  id?: string;
  metadata: {
    tags?: string[];
    jupyter?: { source_hidden?: boolean };
    [key: string]: unknown;
  };
  source: Text;
  outputs?: CellOutput[];
  execution_count?: number | null;
}

/** A Jupyter notebook of format 4. */
export interface NotebookFile {
  nbformat: number;
  nbformat_minor: number;
  metadata: Record<string, unknown>;
  cells: Cell[];
}

/** A code cell with its number, the one that Jupyter shows beside it as `[3]` after a run from top to bottom. */
export interface CodeCell {
  number: number;
  source: string;
  tags: string[];
  /** Whether its code is hidden until a reader opens it. */
  isFolded: boolean;
  outputs: CellOutput[];
}

/**
 * Reads the text of an .ipynb file.
 *
 * @throws {SyntaxError} If it is no notebook of format 4.
 */
export function parseNotebook(text: string, name: string): NotebookFile {
  let notebook: Partial<NotebookFile> | null;
  try {
    notebook = JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(
      `Cannot read notebook ${name}: expected JSON, got ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
  if (notebook?.nbformat !== 4 || !Array.isArray(notebook.cells)) {
    throw new SyntaxError(
      `Cannot read notebook ${name}: expected cells in format 4, got format ${notebook?.nbformat}`,
    );
  }
  return notebook as NotebookFile;
}

/**
 * Writes a notebook as Jupyter does: keys in order, one space of indentation.
 * Only a figure is one line here, not one for each number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const text = formatNotebook({
 *   nbformat: 4,
 *   nbformat_minor: 5,
 *   metadata: {},
 *   cells: [],
 * });
 * assert.equal(JSON.parse(text).nbformat, 4);
 * ```
 */
export function formatNotebook(notebook: NotebookFile): string {
  const figures: string[] = [];
  const keepApart = (key: string, value: unknown) =>
    key === PLOTLY_TYPE
      ? `figure\0${figures.push(JSON.stringify(value)) - 1}`
      : value;
  const text = JSON.stringify(sorted(notebook), keepApart, 1)
    .replace(/"figure\\u0000(\d+)"/g, (_, i) => figures[i] ?? "null");
  return `${text}\n`;
}

/** The text as one string. */
export function wholeText(text: Text): string {
  return typeof text === "string" ? text : text.join("");
}

/** The text in lines that keep their line ends. */
export function textLines(text: Text): string[] {
  return wholeText(text).split(/(?<=\n)/).filter((line) => line !== "");
}

/** The cells that Jupyter runs: code cells that are not empty. */
export function codeCells(notebook: NotebookFile): CodeCell[] {
  return notebook.cells
    .filter(isRun)
    .map((cell, i) => ({
      number: i + 1,
      source: wholeText(cell.source),
      tags: cell.metadata.tags ?? [],
      isFolded: cell.metadata.jupyter?.source_hidden ?? false,
      outputs: cell.outputs ?? [],
    }));
}

/** Whether Jupyter runs the cell. */
export function isRun(cell: Cell): boolean {
  return cell.cell_type === "code" && wholeText(cell.source).trim() !== "";
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}

import {
  type CellOutput,
  type CodeCell,
  codeCells,
  type NotebookFile,
} from "./notebook.ts";

/** Something wrong in one cell of a notebook. */
export interface Problem {
  /** The cell's number, as {@linkcode CodeCell} has it. */
  cell: number;
  message: string;
}

/**
 * Holds the outputs of a notebook that has run against what its code
 * promises, since Jupyter loses outputs without a word:
 *
 * - Each line that begins with `await show(`, `await interact(`,
 *   `await showSolution(` or `await checkAnswer(` must have left one displayed
 *   output. An indented line, as in a loop or a function, is not counted, nor
 *   is one in a comment.
 * - So must each progress bar or live chart that a cell makes, with a line that
 *   begins with `const name = progress(` or `liveChart(`, and uses.
 * - A cell with the tag "raises-exception" must have thrown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const problems = missingOutputs({
 *   nbformat: 4,
 *   nbformat_minor: 5,
 *   metadata: {},
 *   cells: [{
 *     cell_type: "code",
 *     metadata: {},
 *     source: "await show(figure);",
 *     outputs: [],
 *   }],
 * });
 * assert.equal(problems[0]?.cell, 1);
 * ```
 */
export function missingOutputs(notebook: NotebookFile): Problem[] {
  return codeCells(notebook).flatMap((cell) =>
    problemsOf(cell).map((message) => ({ cell: cell.number, message }))
  );
}

const shows = /^await (?:show|interact|showSolution|checkAnswer)\(/gm;

/** How many displayed outputs the code of a cell promises. */
export function promisedOutputs(source: string): number {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, "");
  const shown = code.match(shows) ?? [];
  const made = code.matchAll(/^const (\w+) = (?:progress|liveChart)\(/gm)
    .map(([, name]) => name)
    .filter((name) => code.match(`\\b${name}\\.(?:update|finish)\\(`));
  return shown.length + made.toArray().length;
}

function problemsOf({ source, tags, outputs }: CodeCell): string[] {
  const count = (type: CellOutput["output_type"]) =>
    outputs.filter(({ output_type }) => output_type === type).length;
  if (tags.includes("raises-exception")) {
    // It may throw before it displays anything.
    return count("error") > 0
      ? []
      : ['nothing was thrown despite the tag "raises-exception"'];
  }
  const promised = promisedOutputs(source);
  const got = count("display_data");
  return got < promised
    ? [`displayed outputs: expected ${promised} or more, got ${got}`]
    : [];
}

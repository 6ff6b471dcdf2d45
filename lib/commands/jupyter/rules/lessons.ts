import { declaredNames } from "../../../plots/cells/declared_names.ts";
import { PLOTLY_TYPE } from "../../../plots/notebook/figure_bundle.ts";
import { median } from "../../../plots/figures/numbers.ts";
import { type Problem, promisedOutputs } from "../expected_outputs.ts";
import { type CodeCell, codeCells, type NotebookFile } from "../notebook.ts";
import { changedValues } from "./changed_values.ts";

/** A notebook's file, as far as rules need it. */
export interface NotebookSize {
  /** Its name without folder and ending. */
  name: string;
  bytes: number;
}

const longestVisibleCell = 25;
const longestMedian = 10;
/** What GitHub still shows in a moment. */
const mostBytes = 1.5e6;

/**
 * Finds where a notebook is harder to read, to run or to look at than a lesson
 * may be: on the length of its cells, on cells that show nothing or change what other cells made, on what helps
 * a reader who skipped a cell, on pictures and on its size. A problem of the
 * whole notebook has cell 0.
 */
export function lessonProblems(
  notebook: NotebookFile,
  { name, bytes }: NotebookSize,
): Problem[] {
  const cells = codeCells(notebook);
  const lines = cells.map(lineCount);
  const ofNotebook = [
    ...(lines.length > 0 && median(lines) > longestMedian
      ? [
        `expected cells with a median of at most ${longestMedian} lines, got ${
          median(lines)
        }`,
      ]
      : []),
    ...(cells.some(({ source }) =>
        source.includes(`\nawait explainSkippedCells("${name}");`)
      )
      ? []
      : [
        `expected await explainSkippedCells("${name}"); after the imports, got none`,
      ]),
    ...(bytes > mostBytes
      ? [
        `expected a file of at most ${mostBytes / 1e6} MB, got ${
          (bytes / 1e6).toFixed(2)
        }`,
      ]
      : []),
  ];
  return [
    ...ofNotebook.map((message) => ({ cell: 0, message })),
    ...cells.flatMap((cell) =>
      cellProblems(cell, cells)
        .map((message) => ({ cell: cell.number, message }))
    ),
  ];
}

function cellProblems(cell: CodeCell, cells: CodeCell[]): string[] {
  const problems: string[] = [];
  const length = lineCount(cell);
  if (!cell.isFolded && length > longestVisibleCell) {
    problems.push(
      `expected at most ${longestVisibleCell} lines, or a folded cell, got ${length}`,
    );
  }
  if (!cell.isFolded && onlyAsserts(cell, cells)) {
    problems.push(
      "expected a cell that shows something, or a folded one, got only asserts",
    );
  }
  for (const change of changedValues(cell, cells)) {
    problems.push(
      `expected a cell to leave other cells' values alone, got ${change}`,
    );
  }
  for (const output of cell.outputs) {
    if (!("data" in output) || !(PLOTLY_TYPE in output.data)) continue;
    if (!Object.keys(output.data).some((type) => type.startsWith("image/"))) {
      problems.push("expected a picture of every figure, got none");
    }
  }
  return problems;
}

const lineCount = ({ source }: CodeCell) => source.split("\n").length;

/** Whether a cell shows nothing, leaves nothing to other cells, and asserts. */
function onlyAsserts(cell: CodeCell, cells: CodeCell[]): boolean {
  const statements = cell.source.replace(/\/\*[^]*?\*\/|\/\/.*/g, "")
    .split("\n").filter((line) => /^[\w$]/.test(line));
  const isCheck = (line: string) =>
    /^(?:await )?assert\b|^(?:const|let|for|if|function|async function)\b/.test(
      line,
    );
  const others = cells.filter((other) => other !== cell);
  const isUsed = (name: string) =>
    others.some(({ source }) =>
      source.match(`(?<![\\w$.])${name.replaceAll("$", "\\$")}(?![\\w$])`)
    );
  return /\bassert\b/.test(cell.source) &&
    promisedOutputs(cell.source) === 0 && cell.outputs.length === 0 &&
    statements.every(isCheck) && !declaredNames(cell.source).some(isUsed);
}

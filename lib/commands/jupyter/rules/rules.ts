import { missingOutputs, type Problem } from "../expected_outputs.ts";
import { type CodeCell, codeCells, type NotebookFile } from "../notebook.ts";

/** The rooms of the library that have a face of their own. */
export const rooms = [
  "backends",
  "backends/wasm",
  "backends/webgpu",
  "digits",
  "evaluation",
  "experiment",
  "export",
  "files",
  "nn2",
  "numeric",
  "plots",
  "training",
  "triplets",
];

/** What a notebook may import: nothing but the library's public names. */
const imports = [
  "@facenet/mnist",
  "@tensorflow/tfjs",
  "node:assert",
  "node:assert/strict",
];

/** Longer code belongs in the library, even where it is folded. */
const longestCell = 60;

/**
 * Finds what a committed notebook does against the project's rules: on
 * imports, on paths, on the length of cells, on awaiting what is shown, and on outputs
 * being there and clean. A problem of the whole notebook has cell 0.
 */
export function brokenRules(notebook: NotebookFile): Problem[] {
  return [
    ...metadataProblems(notebook).map((message) => ({ cell: 0, message })),
    ...codeCells(notebook).flatMap((cell) =>
      cellProblems(cell).map((message) => ({ cell: cell.number, message }))
    ),
    ...missingOutputs(notebook),
  ];
}

function metadataProblems({ metadata }: NotebookFile): string[] {
  const { kernelspec, language_info } = metadata as Record<
    string,
    { name?: string } | undefined
  >;
  return [
    ...(kernelspec?.name === "deno"
      ? []
      : [`expected the kernel "deno", got ${kernelspec?.name ?? "none"}`]),
    // Without it `deno fmt` leaves the cells as they are.
    ...(language_info?.name === "typescript" ? [] : [
      `expected the language "typescript", got ${
        language_info?.name ?? "none"
      }`,
    ]),
  ];
}

function cellProblems({ source, outputs }: CodeCell): string[] {
  const problems: string[] = [];
  for (
    const [, from = ""] of source.matchAll(/^(?:import|\}) .*from "(.*)";/gm)
  ) {
    const room = /^@facenet\/mnist\/(.*)$/.exec(from)?.[1];
    if (room !== undefined ? !rooms.includes(room) : !imports.includes(from)) {
      problems.push(`expected imports from ${imports.join(", ")}, got ${from}`);
    }
  }
  for (const [, path] of source.matchAll(/["'`](\.\.?\/[^"'`]*)/g)) {
    // The kernel may have been started in another folder than the notebook's.
    problems.push(`expected projectPath("…") for a file, got "${path}"`);
  }
  const length = source.split("\n").length;
  if (length > longestCell) {
    problems.push(`expected at most ${longestCell} lines, got ${length}`);
  }
  if (
    /^\s*(?:show(?:Solution)?|interact|checkAnswer|explainSkippedCells|\w+\.finish)\(/m
      .test(source)
  ) {
    problems.push("expected await before show(…) and finish(…), got none");
  }
  const text = JSON.stringify(outputs);
  if (/<script\b|\\u001b/i.test(text)) {
    problems.push("expected outputs without scripts and color codes");
  }
  return problems;
}

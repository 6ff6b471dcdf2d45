import type {
  CellOutput,
  NotebookFile,
} from "../../../lib/commands/jupyter/notebook.ts";

/** A notebook of the given cells; those without code are given as `{ text }`. */
export function makeNotebook(
  ...cells: (
    | { text: string }
    | {
      code: string;
      tags?: string[];
      outputs?: CellOutput[];
      isFolded?: boolean;
    }
  )[]
): NotebookFile {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "deno", display_name: "Deno" },
      language_info: { name: "typescript" },
    },
    cells: cells.map((cell, i) => {
      const id = `id-${i}`;
      if ("text" in cell) {
        return {
          cell_type: "markdown",
          id,
          metadata: {},
          source: cell.text,
        };
      }
      const { code, tags, outputs = [], isFolded } = cell;
      return {
        cell_type: "code",
        id,
        metadata: {
          ...(tags && { tags }),
          ...(isFolded && { jupyter: { source_hidden: true } }),
        },
        source: code,
        outputs,
        execution_count: null,
      };
    }),
  };
}

/** An output that was displayed. */
export function displayed(
  data: Record<string, string | object> = {},
): CellOutput {
  return { output_type: "display_data", data, metadata: {} };
}

/** An output of a cell that threw. */
export function thrown(message: string, traceback: string[] = []): CellOutput {
  return { output_type: "error", ename: "Error", evalue: message, traceback };
}

import { PLOTLY_TYPE } from "../../../plots/notebook/figure_bundle.ts";
import type { Problem } from "../expected_outputs.ts";
import {
  type CellOutput,
  codeCells,
  formatNotebook,
  type NotebookFile,
  parseNotebook,
  type Text,
  wholeText,
} from "../notebook.ts";

/** The tag of a cell whose outputs say how fast something was. */
const speedTag = "speed";

/**
 * Compares the outputs of a run with those that are committed: texts, tables
 * and figures, not their pictures. They are to be the same, except those of cells
 * with the tag "speed".
 *
 * @param executed The run, cleaned as for committing.
 */
export function changedOutputs(
  committed: NotebookFile,
  executed: NotebookFile,
): Problem[] {
  const now = codeCells(asWritten(executed));
  return codeCells(asWritten(committed)).flatMap(
    ({ number, tags, outputs }, i) => {
      if (tags.includes(speedTag)) return [];
      const got = now[i]?.outputs ?? [];
      if (got.length !== outputs.length) {
        return [{
          cell: number,
          message:
            `outputs: expected ${outputs.length} as committed, got ${got.length}`,
        }];
      }
      return outputs.flatMap((output, place) =>
        changes(output, got[place]!).map((message) => ({
          cell: number,
          message,
        }))
      );
    },
  );
}

/** With the keys in the order in which files have them. */
function asWritten(notebook: NotebookFile): NotebookFile {
  return parseNotebook(formatNotebook(notebook), "that has run");
}

function changes(committed: CellOutput, executed: CellOutput): string[] {
  const [before, after] = [formsOf(committed), formsOf(executed)];
  const shared = Object.keys(before).filter((type) => type in after);
  // A figure too large for its notebook is committed as a picture alone.
  return shared.flatMap((type) => {
    const [was, is] = [before[type]!, after[type]!];
    if (was === is) return [];
    return [`${type} changed: expected ${difference(was, is)}`];
  }).slice(0, 1);
}

/** What is compared of an output, by its media type. */
function formsOf(output: CellOutput): Record<string, string> {
  if (output.output_type === "error") return { error: output.evalue };
  if (output.output_type === "stream") return {}; // the kernel loses some
  const isFigure = PLOTLY_TYPE in output.data ||
    "image/png" in output.data;
  return Object.fromEntries(
    Object.entries(output.data).flatMap(([type, form]) => {
      if (type === PLOTLY_TYPE) return [[type, JSON.stringify(form)]];
      if (!type.startsWith("text/") || (isFigure && type === "text/html")) {
        return [];
      }
      return [[type, wholeText(form as Text).trim()]];
    }),
  );
}

/** Where two texts part, with a little around it. */
function difference(was: string, is: string): string {
  let at = 0;
  while (at < was.length && was[at] === is[at]) at++;
  const near = (text: string) =>
    JSON.stringify(text.slice(Math.max(0, at - 30), at + 30));
  return `${near(was)}, got ${near(is)}`;
}

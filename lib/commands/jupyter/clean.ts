import { pathToFileURL } from "node:url";
import type { MimeBundle } from "../../plots/encode/mime_bundle.ts";
import {
  type Cell,
  type CellOutput,
  type NotebookFile,
  type Text,
  textLines,
  wholeText,
} from "./notebook.ts";

/** What every notebook of the project says about its language and kernel. */
const metadata = {
  kernelspec: { name: "deno", display_name: "Deno", language: "typescript" },
  language_info: {
    name: "typescript",
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    pygments_lexer: "typescript",
    nbconvert_exporter: "script",
  },
};

/** What is kept of a cell's own metadata; editors add a lot more. */
const keptMetadata = ["tags", "jupyter"];

/**
 * Puts the outputs of a run into a notebook, in the form in which they are
 * committed: without color codes, times, scripts and paths of this machine.
 *
 * @param committed The notebook as it is; its cells and their ids stay.
 * @param executed The same notebook after the run.
 * @param folder The project's folder, which messages name by its full path.
 */
export function cleanNotebook(
  committed: NotebookFile,
  executed: NotebookFile,
  folder: string,
): NotebookFile {
  const cells = committed.cells.map((cell, i) =>
    cleanCell(cell, executed.cells[i], i, folder)
  );
  return { nbformat: 4, nbformat_minor: 5, metadata, cells };
}

function cleanCell(
  cell: Cell,
  executed: Cell | undefined,
  index: number,
  folder: string,
): Cell {
  const kept = Object.entries(cell.metadata)
    .filter(([key]) => keptMetadata.includes(key));
  const clean: Cell = {
    ...cell,
    id: cell.id ?? `cell-${index + 1}`,
    metadata: Object.fromEntries(kept),
    source: textLines(cell.source),
  };
  if (cell.cell_type !== "code") return clean;
  return {
    ...clean,
    execution_count: executed?.execution_count ?? null,
    outputs: (executed?.outputs ?? [])
      .map((output) => cleanOutput(output, folder))
      .filter((output) => output !== undefined),
  };
}

/** Only what is displayed is kept: the kernel loses some of what is printed, at random. */
function cleanOutput(
  output: CellOutput,
  folder: string,
): CellOutput | undefined {
  switch (output.output_type) {
    case "display_data": {
      const data = cleanBundle(output.data, folder);
      return Object.keys(data).length > 0 ? { ...output, data } : undefined;
    }
    case "error":
      return {
        ...output,
        evalue: cleanText(output.evalue, folder),
        traceback: output.traceback
          .map((line) => cleanText(line, folder))
          .filter((line) => !/^ +at .*file:/.test(line)), // packages in a cache
      };
  }
}

function cleanBundle(bundle: MimeBundle, folder: string): MimeBundle {
  const isBar = wholeText(bundle["text/html"] as Text ?? "")
    .includes("<progress ");
  return Object.fromEntries(
    Object.entries(bundle)
      .map(([type, form]) => [type, cleanForm(type, form, folder)] as const)
      .map(([type, form]) =>
        [type, isBar ? textLines(withoutTime(form as Text)) : form] as const
      )
      .filter(([, form]) => !Array.isArray(form) || form.length > 0),
  );
}

function cleanForm(
  type: string,
  form: string | object,
  folder: string,
): string | object {
  if (!type.startsWith("text/")) return form;
  const text = cleanText(form as Text, folder);
  return textLines(type === "text/html" ? withoutScripts(text).trim() : text);
}

/** What `progress` shows, without how long it took: that differs in every run. */
function withoutTime(bar: Text): string {
  return wholeText(bar).replace(/ · (?:\d+ s|\d+:\d\d min)(?=<|$)/, "");
}

function withoutScripts(html: string): string {
  return html.replace(/<script\b[\s\S]*?<\/script\s*>/gi, "");
}

/** The text without color codes, and with paths that begin at the project's folder. */
function cleanText(text: Text, folder: string): string {
  return wholeText(text)
    // deno-lint-ignore no-control-regex
    .replace(/\x1b\[[0-9;]*[A-Za-z]/g, "")
    .replaceAll(`${pathToFileURL(folder).href}/`, "")
    .replaceAll(`${folder}/`, "");
}

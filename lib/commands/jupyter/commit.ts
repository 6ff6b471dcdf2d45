import { writeWholeFile } from "../../files/whole_file.ts";
import type { Figure } from "../../plots/figures/figure.ts";
import {
  PLOTLY_TYPE,
  withPicture,
} from "../../plots/notebook/figure_bundle.ts";
import { cleanNotebook } from "./clean.ts";
import { formatCells } from "./format.ts";
import {
  formatNotebook,
  type NotebookFile,
  parseNotebook,
} from "./notebook.ts";
import { drawPictures, figureSize } from "./pictures.ts";

/**
 * The characters of JSON that a committed figure may have; of a larger one
 * only the picture is kept. GitHub and JupyterLab show nothing else anyway.
 */
const largestFigure = 50_000;

/**
 * Writes the outputs of a run into the notebook's file, cleaned, with a
 * picture of every figure.
 *
 * @param browser What draws the pictures, as `findBrowser` gives it.
 * @param folder The project's folder.
 * @throws {CommandError} If a picture cannot be drawn; the file then stays as
 * it is.
 */
export async function commitOutputs(
  path: string,
  executed: NotebookFile,
  browser: string,
  folder: string,
): Promise<void> {
  const committed = parseNotebook(await Deno.readTextFile(path), path);
  await addPictures(executed, browser);
  const clean = cleanNotebook(committed, executed, folder);
  const text = await formatCells(formatNotebook(clean));
  await writeWholeFile(path, new TextEncoder().encode(text));
}

/** Gives each figure of a notebook its picture, in place. */
async function addPictures(
  notebook: NotebookFile,
  browser: string,
): Promise<void> {
  const outputs = notebook.cells
    .flatMap(({ outputs = [] }) => outputs)
    .filter((output) => "data" in output)
    .filter(({ data }) => PLOTLY_TYPE in data);
  const figures = outputs.map(({ data }) => data[PLOTLY_TYPE] as Figure);
  const pictures = await drawPictures(figures, browser);
  figures.forEach((figure, i) => {
    const output = outputs[i]!;
    output.data = withPicture(output.data, pictures[i]!);
    output.metadata = { "image/png": figureSize(figure) };
    if (JSON.stringify(figure).length > largestFigure) {
      delete output.data[PLOTLY_TYPE];
    }
  });
}

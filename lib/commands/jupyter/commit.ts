import { writeWholeFile } from "../../files/whole_file.ts";
import type { Figure } from "../../plots/figures/figure.ts";
import {
  FIRST_FIGURE_TYPE,
  PLOTLY_TYPE,
  SVG_TYPE,
  withPicture,
} from "../../plots/notebook/figure_bundle.ts";
import { stillFigure } from "../../plots/picture/still_figure.ts";
import { cleanNotebook } from "./clean.ts";
import { formatCells } from "./format.ts";
import {
  formatNotebook,
  type NotebookFile,
  parseNotebook,
  type Text,
  wholeText,
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

/** Gives each figure of a notebook its picture, in place, and each drawing that is SVG. */
async function addPictures(
  notebook: NotebookFile,
  browser: string,
): Promise<void> {
  const outputs = notebook.cells
    .flatMap(({ outputs = [] }) => outputs)
    .filter((output) => "data" in output)
    .filter(({ data }) =>
      [PLOTLY_TYPE, FIRST_FIGURE_TYPE, SVG_TYPE].some((type) => type in data)
    );
  const drawables = outputs.map(({ data }) => {
    const figure = data[PLOTLY_TYPE] ?? data[FIRST_FIGURE_TYPE];
    return figure
      ? stillFigure(figure as Figure)
      : wholeText(data[SVG_TYPE] as Text);
  });
  const pictures = await drawPictures(drawables, browser);
  outputs.forEach((output, i) => {
    const figure = output.data[PLOTLY_TYPE];
    output.data = withPicture(output.data, pictures[i]!);
    output.metadata = { "image/png": figureSize(drawables[i]!) };
    if (figure && JSON.stringify(figure).length > largestFigure) {
      delete output.data[PLOTLY_TYPE];
    }
  });
}

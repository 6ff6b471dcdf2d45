import { CommandError } from "../../arguments/command.ts";
import { type NotebookFile, wholeText } from "../notebook.ts";
import { drawPictures } from "../pictures.ts";

/**
 * The function whose figure stands for a notebook in the README: the first picture of
 * a cell that calls it.
 */
export const mapFigures: Readonly<Record<string, string>> = {
  "01_digits": "imageGrid",
  "02_nn2_layers": "nn2Figure",
  "03_triplets": "tripletToy",
  "04_semi_hard_mining": "bandFigure",
  "05_training": "scatter3d",
  "06_centroid_evaluation": "tSne",
  "07_strangers": "slideshow",
  "08_experiments": "repeatedCurves",
  "09_speed": "ladderChart",
  "10_your_digits": "drawingPad",
};

/** What a page with all of them should take of each, in bytes. */
export const mostMapBytes = 30_000;

/** Of a picture; a smaller one is taken where a larger has too many bytes. */
const widths = [320, 280, 240, 200, 160, 120];
/** The part of the width that a picture is high at most; a higher one gets white sides. */
const highest = 0.75;
/** `drawPictures` makes a picture so much larger than its figure. */
const scale = 1.5;

/** A figure's picture, as a notebook keeps it. */
interface KeptPicture {
  /** PNG, in base64. */
  png: string;
  width: number;
  height: number;
}

/**
 * Finds the picture that stands for a notebook: the first one of a cell
 * that calls a function, or of the notebook where no such cell has one.
 *
 * @param name The function's.
 * @returns Undefined where there is no picture at all.
 */
export function markedPicture(
  { cells }: NotebookFile,
  name: string | undefined,
): KeptPicture | undefined {
  const chosen = cells.filter(({ source }) =>
    name !== undefined && wholeText(source).includes(`${name}(`)
  );
  for (const { outputs = [] } of [...chosen, ...cells]) {
    for (const output of outputs) {
      if (output.output_type !== "display_data") continue;
      const png = output.data["image/png"];
      const size = output.metadata["image/png"] as
        | { width: number; height: number }
        | undefined;
      if (typeof png === "string" && size) return { png: png.trim(), ...size };
    }
  }
}

/**
 * Draws a notebook's picture small, for the README.
 *
 * @param name The notebook's, as {@linkcode mapFigures} has it.
 * @param browser The program, as `findBrowser` gives it.
 * @returns A PNG file of at most 30,000 bytes; undefined where the notebook has no
 * picture.
 * @throws {CommandError} If it cannot be drawn, or not as small.
 */
export async function mapPicture(
  notebook: NotebookFile,
  name: string,
  browser: string,
): Promise<Uint8Array | undefined> {
  const kept = markedPicture(notebook, mapFigures[name]);
  if (!kept) return undefined;
  const drawn = await drawPictures(
    widths.map((width) => smallPicture(kept, width / scale)),
    browser,
  );
  const files = drawn.map((png) => Uint8Array.fromBase64(png));
  const small = files.find(({ length }) => length <= mostMapBytes);
  if (small) return small;
  throw new CommandError(
    `Cannot draw the small picture of a notebook: expected at most ${mostMapBytes} bytes, got ${
      files.at(-1)!.length
    }`,
  );
}

/** The picture as SVG, its upper part where it is high. */
function smallPicture(
  { png, width, height }: KeptPicture,
  drawnWidth: number,
): string {
  const drawnHeight = Math.round(
    drawnWidth * Math.min(highest, height / width),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${
    Math.round(drawnWidth)
  }" height="${drawnHeight}"><rect width="100%" height="100%" fill="#ffffff"/><image href="data:image/png;base64,${png}" width="100%" height="100%"/></svg>`;
}

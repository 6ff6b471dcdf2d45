import type { MimeBundle } from "../encode/mime_bundle.ts";
import * as tf from "@tensorflow/tfjs";
import { checkPoints, type Embeddings } from "../../numeric/embeddings.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import { type Figure, isFigure } from "../figures/figure.ts";
import { isPlayable, type Playable } from "../encode/playable.ts";
import { figureBundle, playableBundle } from "./figure_bundle.ts";
import { imageGrid } from "../figures/image_grid.ts";
import { isImageLike } from "../figures/mosaic.ts";
import { currentNotebook, type Notebook, outputsSent } from "./output.ts";
import { objectTable, tableBundle } from "../tables/table.ts";
import {
  embeddingsTable,
  tensorCaption,
  tensorTable,
} from "../tables/tensor_table.ts";

const action = "show the value";

/**
 * A figure, something to play with, a tensor or images, embeddings, the rows of a
 * table, or Markdown.
 */
export type Showable =
  | Figure
  | Playable
  | tf.Tensor
  | Embeddings
  | readonly Readonly<Record<string, unknown>>[]
  | string;

/**
 * Shows a value below the notebook's cell and waits until it is there.
 *
 * - A figure is live in JupyterLab and VS Code, and wherever its page can load
 *   plotly.js; elsewhere it is a picture.
 * - Something to play with, such as `tripletToy` makes, runs where its page runs
 *   scripts; elsewhere it is a picture.
 * - A tensor is shown by type, shape, range and first values; one of the
 *   shape `[n, height, width, 1 or 3]`, with or without n, as images.
 * - Embeddings, `{ values, count, size }`, are shown as a tensor is, a row for each.
 * - An array of plain objects is a table, with a column for each key.
 * - A string is Markdown.
 *
 * Outside of a notebook, the same as text goes to the standard output.
 *
 * @param notebook Where to show it; the one whose kernel runs this by default.
 * @throws {RangeError} If the value is none of these.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * await show([{ digit: 7, images: 6265 }, { digit: 9, images: 5949 }]);
 * await assert.rejects(() => show([]), RangeError);
 * ```
 */
export async function show(
  value: Showable,
  notebook: Notebook | undefined = currentNotebook(),
): Promise<void> {
  const bundle = await toBundle(value, notebook?.plotly);
  if (notebook) {
    await notebook.display(bundle);
    await outputsSent(bundle);
  } else {
    console.log(bundle["text/plain"]);
  }
}

async function toBundle(
  value: Showable,
  plotly?: Notebook["plotly"],
): Promise<MimeBundle> {
  if (typeof value === "string") {
    return { "text/markdown": value, "text/plain": value };
  }
  if (value instanceof tf.Tensor) {
    // From here on the values can be read, whatever backend made them.
    await value.data();
    return isImageLike(value)
      ? toBundle(imageGrid(value, { title: tensorCaption(value) }), plotly)
      : tableBundle(tensorTable(value));
  }
  if (isFigure(value)) return figureBundle(value, await plotly?.());
  if (isPlayable(value)) return playableBundle(value);
  if (isEmbeddings(value)) return tableBundle(embeddingsTable(value));
  if (isTable(value)) return tableBundle(objectTable(value));
  refuse(
    action,
    "a figure, a tensor, embeddings, an array of objects or a string of Markdown",
    shown(value),
  );
}

function isEmbeddings(value: Showable): value is Embeddings {
  const isPlainObject = typeof value === "object" && value !== null;
  if (!isPlainObject || !("values" in value && "size" in value)) return false;
  checkPoints(action, value as Embeddings);
  return true;
}

function isTable(
  value: unknown,
): value is readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) && value.length > 0 &&
    value.every((row) =>
      typeof row === "object" && row !== null && !Array.isArray(row)
    );
}

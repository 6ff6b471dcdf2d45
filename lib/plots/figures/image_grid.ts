import type * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../../digits/dataset.ts";
import { checkClasses } from "../../digits/labels.ts";
import { checkWhole } from "../../numeric/domain.ts";
import { checkLength } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import type { Figure } from "./figure.ts";
import {
  datasetTiles,
  enlarge,
  mosaic,
  tensorTiles,
  type Tiles,
} from "./mosaic.ts";
import { round } from "./numbers.ts";
import { encodePng } from "../encode/png.ts";
import { colours, type FigureOptions, styledLayout } from "./style.ts";

/** The options of {@linkcode imageGrid}. */
export interface ImageGridOptions extends Pick<FigureOptions, "title"> {
  /** Which images of a dataset, in this order; the first 100 by default. */
  indices?: ArrayLike<number>;
  /** A line above each image; a dataset's labels by default. */
  captions?: readonly string[];
  /**
   * What was predicted for each image of the dataset. Captions become "7" in
   * blue where that is right and "7, not 1" in orange where it said 1.
   */
  predictions?: ArrayLike<number>;
  /** How many images are in a row at most, up to 71; 10 by default. */
  columns?: number;
}

// On the screen, in pixels.
const WIDTH = 640;
const LARGEST_TILE = 160;
const GAP = 8;
/** So that an image is at least a pixel wide. */
const MOST_COLUMNS = Math.floor(WIDTH / (GAP + 1));
const CAPTION = 20;
const MARGIN = { l: 8, r: 8, t: 8, b: 8 };
const TITLE = 40;

/**
 * Draws images in a grid, as one picture inside the figure: a hundred digits
 * take about 30 kB.
 *
 * @param images A dataset, or a tensor `[n, height, width, 1 or 3]` or
 * `[height, width, 1 or 3]`, which stays the caller's. A tensor's values in
 * [0, 1] are black to white; if there are others, its smallest and largest are.
 * @throws {RangeError} If the tensor has another shape, there is no image, an index is not one of the
 * dataset's, or captions or predictions are not as many as the images.
 *
 * @example A dataset's two images, one of them misread
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const dataset = {
 *   images: new Uint8Array(2 * 28 * 28),
 *   labels: Uint8Array.of(7, 4),
 *   count: 2, height: 28, width: 28,
 * };
 * const figure = imageGrid(dataset, { predictions: [7, 9] });
 * assert.deepEqual(figure.data[1]?.text, ["7", "4, not 9"]);
 * ```
 */
export function imageGrid(
  images: Dataset | tf.Tensor,
  options: ImageGridOptions = {},
): Figure {
  const { title = "", columns: most = 10 } = optionsOf(ACTION, options);
  checkWhole(ACTION, "columns", most, 1, MOST_COLUMNS);
  optionsOf(ACTION, images);
  const { tiles: given, captions, colors } = "labels" in images
    ? describeDataset(images, options)
    : describeTensor(images, options);
  if (given.count === 0) refuse(ACTION, "images", "none");

  const columns = Math.min(most, given.count);
  const tile = Math.min(LARGEST_TILE, Math.floor(WIDTH / columns) - GAP);
  // Between images of few pixels a gap would be less than one pixel wide.
  const tiles = enlarge(given, Math.ceil(tile / GAP / given.width));
  // A pixel of the screen in pixels of the images.
  const unit = tiles.width / tile;
  const gap = Math.round(GAP * unit);
  const head = Math.round((captions.length > 0 ? CAPTION : GAP) * unit);
  const picture = mosaic(tiles, { columns, gap, head });
  const places = Array.from({ length: captions.length }, (_, i) => ({
    x: i % columns * (tiles.width + gap) + tiles.width / 2,
    y: Math.floor(i / columns) * (tiles.height + head) + head,
  }));

  const margin = title ? { ...MARGIN, t: TITLE } : MARGIN;
  const width = Math.max(WIDTH / 2, Math.round(picture.width / unit));
  const height = Math.round(picture.height / unit);
  const hidden = { visible: false, fixedrange: true };
  return {
    data: [
      {
        type: "image",
        source: `data:image/png;base64,${encodePng(picture).toBase64()}`,
        // The centres of the outer pixels, so that the corner is at 0.
        x0: 0.5,
        y0: 0.5,
        hoverinfo: "skip",
      },
      ...(captions.length > 0
        ? [{
          type: "scatter",
          mode: "text",
          x: places.map(({ x }) => x),
          y: places.map(({ y }) => y),
          text: captions,
          textposition: "top center",
          textfont: { size: 12, color: colors },
          hoverinfo: "skip",
          cliponaxis: false,
        }]
        : []),
    ],
    layout: styledLayout({
      title,
      width: width + margin.l + margin.r,
      height: height + margin.t + margin.b,
    }, {
      margin,
      xaxis: { ...hidden, range: [0, round(width * unit)] },
      yaxis: { ...hidden, range: [picture.height, 0] },
      showlegend: false,
    }),
  };
}

const ACTION = "draw an image grid";

interface Described {
  tiles: Tiles;
  captions: readonly string[];
  colors: string | string[];
}

function describeDataset(
  dataset: Dataset,
  { indices, captions, predictions }: ImageGridOptions,
): Described {
  const first = { length: Math.min(100, dataset.count) };
  if (indices !== undefined) checkLength(ACTION, "indices", indices);
  const chosen = Array.from(indices ?? Array.from(first, (_, i) => i));
  const tiles = datasetTiles(dataset, chosen);
  const labels = chosen.map((index) => dataset.labels[index]!);
  if (captions !== undefined) {
    checkLength(ACTION, "captions", captions, chosen.length);
  }
  if (predictions === undefined) {
    return {
      tiles,
      captions: captions ?? labels.map(String),
      colors: colours.ink,
    };
  }
  checkClasses(ACTION, "predictions", predictions, dataset.count);
  const predicted = chosen.map((index) => predictions[index]!);
  const right = labels.map((label, i) => label === predicted[i]);
  return {
    tiles,
    captions: captions ??
      labels.map((label, i) =>
        right[i] ? `${label}` : `${label}, not ${predicted[i]}`
      ),
    colors: right.map((is) => is ? colours.blue : colours.orange),
  };
}

function describeTensor(
  tensor: tf.Tensor,
  { captions = [] }: ImageGridOptions,
): Described {
  const tiles = tensorTiles(tensor);
  checkLength(ACTION, "captions", captions);
  if (captions.length > 0) {
    checkLength(ACTION, "captions", captions, tiles.count);
  }
  return { tiles, captions, colors: colours.ink };
}

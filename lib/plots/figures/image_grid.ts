import type * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../../digits/dataset.ts";
import { checkWhole } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import type { Figure, PlotlyObject } from "./figure.ts";
import {
  captionDataset,
  captionTensor,
  type ImageGridOptions,
} from "./captioned_tiles.ts";
import { enlarge, mosaic, type Tiles } from "./mosaic.ts";
import { round } from "./numbers.ts";
import { encodePng } from "../encode/png.ts";
import { styledLayout } from "./style.ts";

const action = "draw an image grid";
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
  const { title = "", columns: most = 10 } = optionsOf(action, options);
  checkWhole(action, "columns", most, 1, MOST_COLUMNS);
  optionsOf(action, images);
  const { tiles: given, captions, colors } = "labels" in images
    ? captionDataset(images, options)
    : captionTensor(images, options);
  if (given.count === 0) refuse(action, "images", "none");

  const grid = layGrid(given, most, captions.length > 0);
  const { picture, unit } = grid;
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
      ...(captions.length > 0 ? [captionTrace(captions, colors, grid)] : []),
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

/** Images in rows, in one picture. */
function layGrid(
  given: Tiles,
  most: number,
  hasCaptions: boolean,
) {
  const columns = Math.min(most, given.count);
  const tile = Math.min(LARGEST_TILE, Math.floor(WIDTH / columns) - GAP);
  // Between images of few pixels a gap would be less than one pixel wide.
  const tiles = enlarge(given, Math.ceil(tile / GAP / given.width));
  // A pixel of the screen in pixels of the picture.
  const unit = tiles.width / tile;
  const gap = Math.round(GAP * unit);
  const head = Math.round((hasCaptions ? CAPTION : GAP) * unit);
  const picture = mosaic(tiles, { columns, gap, head });
  return { picture, unit, tiles, columns, gap, head };
}

/** The captions above the middles of their images. */
function captionTrace(
  captions: readonly string[],
  color: string | string[],
  { tiles, columns, gap, head }: ReturnType<typeof layGrid>,
): PlotlyObject {
  return {
    type: "scatter",
    mode: "text",
    x: captions.map((_, i) =>
      i % columns * (tiles.width + gap) + tiles.width / 2
    ),
    y: captions.map((_, i) =>
      Math.floor(i / columns) * (tiles.height + head) + head
    ),
    text: captions,
    textposition: "top center",
    textfont: { size: 12, color },
    hoverinfo: "skip",
    cliponaxis: false,
  };
}

import { checkDataset, type Dataset } from "../../digits/dataset.ts";
import { checkWhole } from "../../numeric/domain.ts";
import type { Embeddings } from "../../numeric/embeddings.ts";
import { checkLength, checkList } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { encodePng, type Picture } from "../encode/png.ts";
import { panelOf } from "../evaluation/panel.ts";
import type { Figure, PlotlyObject } from "../figures/figure.ts";
import { datasetTiles, mosaic } from "../figures/mosaic.ts";
import { scatter2d } from "../figures/scatter/scatter_2d.ts";
import { colors, styledLayout } from "../figures/style.ts";
import {
  type Box,
  type DistanceBars,
  distanceBars,
  heading,
} from "./distance_bars.ts";

/** What a network makes of one drawing. */
export interface RecognizedDrawing extends DistanceBars {
  /** What the network sees, `[28, 28]`, 0 to 255. */
  image: Uint8Array;
  /** The images that are nearest to it, with a line above each. */
  neighbors: { images: Dataset; captions: readonly string[] };
  /** Points of a projection to two dimensions, with their classes. */
  map: {
    points: Embeddings;
    labels: ArrayLike<number>;
    /** Where the drawing comes to lie, `[x, y]`. */
    place: readonly number[];
    /** Where other classes lie, by name. */
    marks?: Readonly<Record<string, readonly number[]>>;
  };
}

const action = "draw a recognition";
const [width, height, above] = [640, 500, 44];
const number = { type: "number" } as const;

/**
 * Draws all that a network says of one drawing: what it sees, the squared distances to
 * the classes with the two thresholds, the nearest images, and the place in a
 * projection.
 *
 * @throws {RangeError} If the image has not 28×28 bytes, there is no distance, a number is
 * not finite, or captions or labels are not as many as their images or points.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const image = new Uint8Array(28 * 28);
 * const images = { images: image, labels: Uint8Array.of(3), count: 1, height: 28, width: 28 };
 * const points = { values: Float32Array.of(0, 0, 1, 1), count: 2, size: 2 };
 * const figure = recognitionFigure({
 *   image,
 *   distances: { "3": 0.02, "5": 2.1 },
 *   accept: 0.1,
 *   refuse: 0.4,
 *   neighbors: { images, captions: ["3"] },
 *   map: { points, labels: [3, 5], place: [0.5, 0.5] },
 * }, "a 3");
 * assert.deepEqual(figure.layout.width, 640);
 * ```
 */
export function recognitionFigure(
  recognition: RecognizedDrawing,
  title = "",
): Figure {
  const { image, neighbors, map, ...distances } = optionsOf(
    action,
    recognition,
  );
  checkLength(action, "pixels of the image", image, 28 * 28);
  const { images, captions } = optionsOf(action, neighbors);
  const { points, labels, place, marks = {} } = optionsOf(action, map);
  const places = Object.entries({ ...marks, "this drawing": place });
  for (const [name, each] of places) {
    checkList(action, `coordinates of ${name}`, each, number, 2);
  }
  const bars = distanceBars(distances, box(228, 28, 388, 146));
  const cloud = panelOf(
    scatter2d(points, labels, { width: 300, height: 216 }),
    3,
    "where it lies in the projection",
    box(2, 224, 304, 224),
  );
  const near = neighborTraces(images, captions);
  const nearBox = box(326, 224, 290, 290 * near.height / near.width);
  return {
    data: [
      imageTrace({ pixels: image, height: 28, width: 28, channels: 1 }),
      ...bars.data,
      ...near.data,
      ...cloud.data,
      marksTrace(places),
    ],
    layout: styledLayout({ title, width, height }, {
      margin: { l: 8, r: 8, t: above, b: 8 },
      showlegend: false,
      ...imageAxes("", box(8, 24, 170, 170), [0, 28], [28, 0]),
      ...bars.axes,
      ...imageAxes("3", nearBox, [0, near.width], [near.height, 0]),
      ...cloud.axes,
      shapes: bars.shapes,
      annotations: [
        ...cloud.annotations,
        ...bars.annotations,
        heading("what the network sees", box(8, 24, 170, 170)),
        heading("nearest references, d²", nearBox),
      ],
    }),
  };
}

/** The place of a box that is given in pixels from the left and from the top. */
function box(left: number, top: number, wide: number, high: number): Box {
  const [across, down] = [width - 16, height - above - 8];
  return {
    x: [left / across, (left + wide) / across],
    y: [1 - (top + high) / down, 1 - top / down],
  };
}

function imageTrace(picture: Picture): PlotlyObject {
  const file = encodePng(picture);
  return {
    type: "image",
    source: `data:image/png;base64,${file.toBase64()}`,
    x0: 0.5,
    y0: 0.5,
    hoverinfo: "skip",
  };
}

type Range = [number, number];

function imageAxes(end: string, { x, y }: Box, across: Range, down: Range) {
  const hidden = { visible: false, fixedrange: true };
  return {
    [`xaxis${end}`]: { ...hidden, domain: x, range: across, anchor: `y${end}` },
    [`yaxis${end}`]: { ...hidden, domain: y, range: down, anchor: `x${end}` },
  };
}

/** The images in rows of four, with their captions above, in pixels of the images. */
function neighborTraces(images: Dataset, captions: readonly string[]) {
  checkDataset(action, images);
  checkWhole(action, "the number of neighbors", images.count, 1, 8);
  checkLength(action, "captions", captions, images.count);
  const [columns, gap, head] = [4, 2, 8];
  const tiles = datasetTiles(images, [...images.labels.keys()]);
  const padded = {
    ...tiles,
    count: columns,
    pixels: new Uint8Array(columns * tiles.height * tiles.width),
  };
  const shown = tiles.count < columns ? padded : tiles;
  padded.pixels.fill(255).set(tiles.pixels.subarray(0, padded.pixels.length));
  const picture = mosaic(shown, { columns, gap, head });
  const [across, down] = [tiles.width + gap, tiles.height + head];
  const data: PlotlyObject[] = [{
    ...imageTrace(picture),
    xaxis: "x3",
    yaxis: "y3",
  }, {
    type: "scatter",
    mode: "text",
    x: captions.map((_, i) => i % columns * across + tiles.width / 2),
    y: captions.map((_, i) => Math.floor(i / columns) * down + head),
    text: captions,
    textposition: "top center",
    textfont: { size: 11 },
    hoverinfo: "skip",
    cliponaxis: false,
    xaxis: "x3",
    yaxis: "y3",
  }];
  return { data, width: picture.width, height: picture.height };
}

/** The drawing itself, the last, as a ring; others by their names. */
function marksTrace(places: [string, readonly number[]][]): PlotlyObject {
  const last = places.length - 1;
  const isDrawing = (i: number) => i === last;
  return {
    type: "scatter",
    mode: "markers+text",
    x: places.map(([, [x]]) => x),
    y: places.map(([, [, y]]) => y),
    text: places.map(([name], i) => isDrawing(i) ? "" : `<b>${name}</b>`),
    textposition: "bottom center",
    marker: {
      symbol: places.map((_, i) => isDrawing(i) ? "circle-open" : "x"),
      size: places.map((_, i) => isDrawing(i) ? 18 : 8),
      color: places.map((_, i) => isDrawing(i) ? colors.orange : colors.ink),
      line: { width: places.map((_, i) => isDrawing(i) ? 4 : 1) },
    },
    hovertemplate: "%{text}<extra></extra>",
    xaxis: "x4",
    yaxis: "y4",
  };
}

import type { Dataset } from "../../digits/dataset.ts";
import type { Embeddings } from "../../numeric/embeddings.ts";
import { checkLength, checkList } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { panelOf } from "../evaluation/panel.ts";
import type { Figure, PlotlyObject } from "../figures/figure.ts";
import { scatter2d } from "../figures/scatter/scatter_2d.ts";
import { colors, styledLayout } from "../figures/style.ts";
import {
  type Box,
  type DistanceBars,
  distanceBars,
  heading,
} from "./distance_bars.ts";
import { imageAxes, imageTrace } from "./image_traces.ts";
import { neighborTraces } from "./neighbor_traces.ts";

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
  const places: [string, readonly number[]][] = [
    ...Object.entries(optionsOf(action, marks)),
    ["this drawing", place],
  ];
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
  const near = neighborTraces(action, images, captions);
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

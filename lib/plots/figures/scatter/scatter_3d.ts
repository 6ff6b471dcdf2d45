import { checkValue } from "../../../numeric/domain.ts";
import type {
  Embeddings,
  EmbeddingsOrTensor,
} from "../../../numeric/embeddings.ts";
import { optionsOf } from "../../../numeric/options.ts";
import type { Figure, PlotlyObject } from "../figure.ts";
import { median, plotted, round } from "../numbers.ts";
import { type FigureOptions, styledLayout } from "../style.ts";
import {
  type ClassNameOptions,
  type ClassPoints,
  classPoints,
  nameStyle,
} from "./classes.ts";
import { columnOf, readPoints } from "./columns.ts";
import { sphereTraces } from "./sphere.ts";

/** What is drawn around the points, beside title and size. */
export interface SpaceOptions extends FigureOptions, ClassNameOptions {
  /**
   * Whether the unit sphere is drawn; true by default. Without it there are three
   * axes that show all points.
   */
  sphere?: boolean;
}

/**
 * Draws embeddings of three dimensions, with a color and a symbol for each
 * class, on the unit sphere; it can be turned. The name of each class stands
 * outside the sphere, over the middle of its points.
 *
 * There is one trace for each class in ascending order, then those of the
 * sphere. Points behind it are paler.
 *
 * @param points `[n, 3]`; a tensor stays the caller's.
 * @param labels `[n]`
 * @throws {RangeError} If the points are not of three dimensions, there are none, one
 * is not finite, or the labels are not as many.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const figure = scatter3d(tf.tensor2d([[0, 0, 1], [1, 0, 0]]), [7, 3]);
 * const names = figure.data.map(({ name }) => name);
 * assert.deepEqual(names, ["3", "7", "unit sphere", "its surface"]);
 * ```
 */
export function scatter3d(
  points: EmbeddingsOrTensor,
  labels: ArrayLike<number>,
  options: SpaceOptions = {},
): Figure {
  const action = "draw a scatter in space";
  const { sphere = true, classNames, ...rest } = optionsOf(action, options);
  checkValue(action, "sphere", sphere, { type: "boolean" });
  const read = readPoints(action, points, labels, 3);
  const named = classNames === undefined ? {} : { classNames };
  const classes = classPoints(action, labels, named);
  return {
    data: [
      ...classes.map((one) => cloud(read, one)),
      ...(sphere ? sphereTraces() : []),
    ],
    layout: styledLayout({ height: 520, ...rest }, {
      margin: { l: 8, r: 24, t: rest.title ? 44 : 8, b: 8 },
      legend: { itemsizing: "constant" },
      scene: {
        ...Object.fromEntries(
          ["x", "y", "z"].map((letter, i) => [
            `${letter}axis`,
            sphere
              ? { visible: false, range: [-1.2, 1.2] }
              : { title: { text: `dimension ${i + 1}` } },
          ]),
        ),
        annotations: classLabels(read, classes, sphere),
        ...(sphere ? large : { aspectmode: "data" }),
        camera: {
          eye: { x: 1.3, y: 1.1, z: 0.8 },
          projection: { type: "orthographic" },
        },
      },
    }),
  };
}

/** Plotly leaves much room around a cube that is seen without perspective. */
const large = { aspectmode: "manual", aspectratio: { x: 1.6, y: 1.6, z: 1.6 } };

function cloud(
  points: Embeddings,
  { name, color, symbol, indices }: ClassPoints,
): PlotlyObject {
  const [x, y, z] = [0, 1, 2]
    .map((dimension) => plotted(columnOf(points, dimension, indices), 3));
  return {
    type: "scatter3d",
    mode: "markers",
    name,
    x,
    y,
    z,
    marker: { color, symbol, size: symbol === "circle" ? 3 : 2.2 },
    hovertemplate: `${name} (%{x}, %{y}, %{z})<extra></extra>`,
  };
}

/** The names at the medians, moved out of the sphere along their radius. */
function classLabels(
  points: Embeddings,
  classes: readonly ClassPoints[],
  sphere: boolean,
): PlotlyObject[] {
  return classes.map(({ name, color, indices }) => {
    const middle = [0, 1, 2]
      .map((dimension) => median(columnOf(points, dimension, indices)));
    const length = Math.hypot(...middle);
    const factor = sphere && length > 0 ? 1.13 / length : 1;
    const [x, y, z] = middle.map((one) => round(one * factor, 3));
    return { x, y, z, ...nameStyle(name, color) };
  });
}

import type {
  Embeddings,
  EmbeddingsOrTensor,
} from "../../../numeric/embeddings.ts";
import { optionsOf } from "../../../numeric/options.ts";
import type { Figure, PlotlyObject } from "../figure.ts";
import { median, plotted, round } from "../numbers.ts";
import { type FigureOptions, styledAxis, styledLayout } from "../style.ts";
import {
  type ClassNameOptions,
  type ClassPoints,
  classPoints,
  nameStyle,
} from "./classes.ts";
import { columnOf, readPoints } from "./columns.ts";
import { spreadLabels } from "./spread_labels.ts";

/** What the two dimensions are called, beside title and size. */
export interface ScatterOptions extends FigureOptions, ClassNameOptions {
  /** What the horizontal axis shows; "dimension 1" by default. */
  xTitle?: string;
  /** What the vertical axis shows; "dimension 2" by default. */
  yTitle?: string;
}

/** What a label takes of the figure, in pixels: around its text, for each letter, and down. */
const LABEL = [11, 9, 22] as const;
/** What margins and legend take of it. */
const AROUND = [150, 110] as const;

/**
 * Draws embeddings of two dimensions, or a projection to two, with a color and a
 * symbol for each class. Both axes have one scale, so that distances are true. The
 * name of each class stands at the median of its points, or a little beside it
 * where another's would lie over it, so that nobody needs the colors.
 *
 * @param points `[n, 2]`; a tensor stays the caller's.
 * @param labels `[n]`
 * @throws {RangeError} If the points are not of two dimensions, there are none, one is
 * not finite, the labels are not as many, or a class's name is not text.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const figure = scatter2d(tf.tensor2d([[0, 1], [1, 0]]), [7, 3]);
 * assert.deepEqual(figure.data.map(({ name }) => name), ["3", "7"]);
 * ```
 */
export function scatter2d(
  points: EmbeddingsOrTensor,
  labels: ArrayLike<number>,
  options: ScatterOptions = {},
): Figure {
  const action = "draw a scatter";
  const { classNames, ...others } = optionsOf(action, options);
  const { xTitle = "dimension 1", yTitle = "dimension 2", ...rest } = others;
  const read = readPoints(action, points, labels, 2);
  const named = classNames === undefined ? {} : { classNames };
  const size = { height: 520, ...rest };
  const layout = styledLayout(size, {
    xaxis: styledAxis(xTitle),
    yaxis: styledAxis(yTitle, { scaleanchor: "x" }),
    legend: { itemsizing: "constant" },
  });
  const classes = classPoints(action, labels, named);
  const annotations = classLabels(read, classes, size);
  return {
    data: classes.map(({ name, color, symbol, indices }) => ({
      type: "scatter",
      mode: "markers",
      name,
      x: plotted(columnOf(read, 0, indices)),
      y: plotted(columnOf(read, 1, indices)),
      marker: { color, symbol, size: 5, opacity: 0.75 },
      hovertemplate: `${name} (%{x}, %{y})<extra></extra>`,
    })),
    layout: { ...layout, annotations },
  };
}

/** The names of the classes, none over another. */
function classLabels(
  points: Embeddings,
  classes: readonly ClassPoints[],
  { width = 640, height }: { width?: number; height: number },
): PlotlyObject[] {
  const [across, up] = [0, 1].map((dimension) => {
    const values = Float64Array.from(columnOf(points, dimension)).sort();
    return values.at(-1)! - values[0]!;
  });
  // Both axes have one scale, that of the one with less room.
  const unit = Math.max(
    across! / Math.max(50, width - AROUND[0]),
    up! / Math.max(50, height - AROUND[1]),
  ) * 1.1;
  const longest = Math.max(...classes.map(({ name }) => name.length));
  const places = spreadLabels(
    classes.map(({ indices }) => [
      median(columnOf(points, 0, indices)),
      median(columnOf(points, 1, indices)),
    ]),
    [(LABEL[0] + LABEL[1] * longest) * unit, LABEL[2] * unit],
  );
  return classes.map(({ name, color }, i) => ({
    x: round(places[i]![0]),
    y: round(places[i]![1]),
    ...nameStyle(name, color),
  }));
}

import { indicesByClass } from "../../digits/classes.ts";
import { checkLabels } from "../../digits/labels.ts";
import {
  type EmbeddingsOrTensor,
  readEmbeddings,
} from "../../numeric/embeddings.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import type { Figure } from "./figure.ts";
import { median, plotted, round } from "./numbers.ts";
import {
  type FigureOptions,
  palette,
  styledAxis,
  styledLayout,
} from "./style.ts";

/** What the two dimensions are called, beside title and size. */
export interface ScatterOptions extends FigureOptions {
  /** What the horizontal axis shows; "dimension 1" by default. */
  xTitle?: string;
  /** What the vertical axis shows; "dimension 2" by default. */
  yTitle?: string;
}

/**
 * Draws embeddings of two dimensions, or a projection to two, with a color
 * for each class. Both axes have one scale, so that distances are true. The
 * name of each class stands at the median of its points, so that nobody needs
 * the colors.
 *
 * @param points `[n, 2]`; a tensor stays the caller's.
 * @param labels `[n]`
 * @throws {RangeError} If the points are not of two dimensions, there are none, one is
 * not finite, or the labels are not as many.
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
  const { xTitle = "dimension 1", yTitle = "dimension 2", ...rest } = optionsOf(
    action,
    options,
  );
  const { values, count, size } = readEmbeddings(points, action);
  if (size !== 2) {
    refuse(action, "points of shape [n, 2]", `[${count}, ${size}]`);
  }
  checkLabels(action, labels, count);
  const classes = [...indicesByClass(labels)].map(([label, indices]) => ({
    name: String(label),
    // A digit keeps its color in every figure.
    color: palette[Math.abs(label) % palette.length],
    xs: Array.from(indices, (i) => values[2 * i]!),
    ys: Array.from(indices, (i) => values[2 * i + 1]!),
  }));
  return {
    data: classes.map(({ name, color, xs, ys }) => ({
      type: "scatter",
      mode: "markers",
      name,
      x: plotted(xs),
      y: plotted(ys),
      marker: { color, size: 5, opacity: 0.75 },
      hovertemplate: `${name} (%{x}, %{y})<extra></extra>`,
    })),
    layout: styledLayout({ height: 520, ...rest }, {
      xaxis: styledAxis(xTitle),
      yaxis: styledAxis(yTitle, { scaleanchor: "x" }),
      legend: { itemsizing: "constant" },
      annotations: classes.map(({ name, xs, ys }) => ({
        text: `<b>${name}</b>`,
        x: round(median(xs)),
        y: round(median(ys)),
        showarrow: false,
        bgcolor: "rgba(255, 255, 255, 0.75)",
        borderpad: 1,
      })),
    }),
  };
}

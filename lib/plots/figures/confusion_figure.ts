import { checkLength, checkList, checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Figure, PlotlyObject } from "./figure.ts";
import { notNegative, round } from "./numbers.ts";
import {
  colors,
  type FigureOptions,
  styledAxis,
  styledLayout,
} from "./style.ts";

/** The names of the classes, beside title and size. */
export interface ConfusionOptions extends FigureOptions {
  /** What rows and columns are called; 0, 1, 2 … by default. */
  classes?: ArrayLike<number | string>;
}

/**
 * Draws a confusion matrix: row = actual class, column = predicted class, every
 * cell with its count. The color is the share of the row: blue for the right
 * answers, and orange for the mistakes in a scale of their own, so that a few
 * among thousands stand out.
 *
 * @param confusion `[classes, classes]`, such as `confusionMatrix` gives.
 * @throws {RangeError} If the matrix is empty or not square, a count is not a number
 * of 0 or more, or the classes are not as many.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const figure = confusionFigure([[9, 1], [0, 10]], { classes: [4, 9] });
 * assert.deepEqual(figure.data[1]?.z, [[null, 0.1], [null, null]]);
 * ```
 */
export function confusionFigure(
  confusion: readonly (readonly number[])[],
  options: ConfusionOptions = {},
): Figure {
  const action = "draw a confusion matrix";
  const { classes, ...rest } = optionsOf(action, options);
  checkSome(action, "rows", confusion);
  const size = confusion.length;
  for (const row of confusion) {
    checkList(action, "columns", row, notNegative, size);
  }
  if (classes !== undefined) checkLength(action, "classes", classes, size);
  const names = Array.from(classes ?? confusion.keys(), String);
  const cells = { confusion, names };
  return {
    data: [
      heatmap(cells, colors.blue, (row, column) => row === column),
      heatmap(cells, colors.orange, (row, column) => row !== column),
    ],
    layout: styledLayout(
      { ...squareOf(size), ...rest },
      classAxes("predicted", "actual"),
    ),
  };
}

/** The size of a square of classes: 520×480 pixels, and more where there are many. */
export function squareOf(classes: number): { width: number; height: number } {
  const more = Math.max(0, classes - 18) * 22;
  return { width: 520 + more, height: 480 + more };
}

/** The axes of a square of classes: columns from left to right, rows from above. */
export function classAxes(xTitle: string, yTitle: string): PlotlyObject {
  const rows = { ...categories, autorange: "reversed", scaleanchor: "x" };
  return {
    xaxis: styledAxis(xTitle, categories),
    yaxis: styledAxis(yTitle, rows),
  };
}

const categories = {
  type: "category",
  showgrid: false,
  showline: false,
  ticks: "",
  ticklabelstandoff: 4,
  constrain: "domain",
};

/** The cells of a confusion matrix that are kept, as shares of their rows. */
function heatmap(
  { confusion, names }: {
    confusion: readonly (readonly number[])[];
    names: readonly string[];
  },
  color: string,
  isKept: (row: number, column: number) => boolean,
): PlotlyObject {
  const z = confusion.map((row, i) => {
    const total = Math.max(1, row.reduce((a, b) => a + b, 0));
    return row.map((count, j) =>
      isKept(i, j) && count > 0 ? round(count / total) : null
    );
  });
  return {
    type: "heatmap",
    x: names,
    y: names,
    z,
    zmin: 0,
    zmax: Math.max(...z.flat().map(Number)),
    colorscale: [[0, "#ffffff"], [1, color]],
    showscale: false,
    xgap: 1,
    ygap: 1,
    text: z.map((row, i) =>
      row.map((share, j) => share === null ? "" : confusion[i]![j])
    ),
    texttemplate: "%{text}",
    hoverongaps: false,
    hovertemplate: "%{y} taken for %{x}: %{text} (%{z:.1%})<extra></extra>",
  };
}

import { checkWhole } from "../../numeric/domain.ts";
import { checkLength, checkList, checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Figure } from "../figures/figure.ts";
import { classAxes, squareOf } from "../figures/confusion_figure.ts";
import { notNegative, round } from "../figures/numbers.ts";
import { type AxisTitles, colors, styledLayout } from "../figures/style.ts";

const action = "draw a matrix of classes";

/** The names of the classes and how values are written, beside titles and size. */
export interface ClassMatrixOptions extends AxisTitles {
  /** What rows and columns are called; 0, 1, 2 … by default. */
  classes?: ArrayLike<number | string>;
  /** Digits behind the point, at most 6; 1 by default. */
  digits?: number;
}

/**
 * Draws one value for each pair of classes, such as the squared distance of
 * their centroids: from white at 0 to blue at the largest. The diagonal, each
 * class with itself, stays empty.
 *
 * @param values `[classes, classes]`
 * @throws {RangeError} If there are not at least two rows, the matrix is not square,
 * a value is not a number of 0 or more, or an option is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const figure = classMatrix([[0, 1.25], [1.25, 0]], { classes: [3, 8] });
 * assert.deepEqual(figure.data[0]?.text, [["", "1.3"], ["1.3", ""]]);
 * ```
 */
export function classMatrix(
  values: readonly (readonly number[])[],
  options: ClassMatrixOptions = {},
): Figure {
  const { classes, digits = 1, ...rest } = optionsOf(action, options);
  const { xTitle = "class", yTitle = "class", ...others } = rest;
  checkWhole(action, "digits", digits, 0, 6);
  checkSome(action, "rows", values);
  const size = values.length;
  checkWhole(action, "the number of rows", size, 2, Infinity);
  for (const row of values) {
    checkList(action, "columns", row, notNegative, size);
  }
  if (classes !== undefined) checkLength(action, "classes", classes, size);
  const names = Array.from(classes ?? values.keys(), String);
  return {
    data: [{
      type: "heatmap",
      x: names,
      y: names,
      z: values.map((row, i) =>
        row.map((value, j) => i === j ? null : round(value))
      ),
      zmin: 0,
      zmax: Math.max(...offDiagonal(values)) || 1,
      colorscale: [[0, "#ffffff"], [1, "#8fbfe8"]], // numbers stay readable
      showscale: false,
      xgap: 1,
      ygap: 1,
      text: values.map((row, i) =>
        row.map((value, j) => i === j ? "" : value.toFixed(digits))
      ),
      texttemplate: "%{text}",
      textfont: { color: colors.ink },
      hoverongaps: false,
      hovertemplate: "%{y} and %{x}: %{z}<extra></extra>",
    }],
    layout: styledLayout(
      { ...squareOf(size), ...others },
      classAxes(xTitle, yTitle),
    ),
  };
}

/** All values except each class's own. */
function offDiagonal(values: readonly (readonly number[])[]): number[] {
  return values.flatMap((row, i) => row.filter((_, j) => i !== j));
}

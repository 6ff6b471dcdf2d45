import type { Figure } from "./figure.ts";
import { checkCount, plotted } from "./numbers.ts";
import {
  type FigureOptions,
  legendAbove,
  styledAxis,
  styledLayout,
} from "./style.ts";

/** One line of a {@linkcode lineChart}. */
export interface Line {
  /** What the legend calls it. */
  name: string;
  /** A value that is not finite leaves a gap. */
  y: ArrayLike<number>;
  /** As many as `y`; 0, 1, 2 … by default. */
  x?: ArrayLike<number>;
}

/** The options of {@linkcode lineChart}. */
export interface LineChartOptions extends FigureOptions {
  /** What the horizontal axis shows. */
  xTitle?: string;
  /** What the vertical axis shows. */
  yTitle?: string;
  /** Whether the vertical axis is logarithmic; not by default. */
  yLog?: boolean;
}

/**
 * Draws lines over a common axis.
 *
 * @throws {RangeError} If there is no line, one is empty, or `x` and `y`
 * differ in length.
 *
 * @example A learning rate's schedule
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const rates = [0.001, 0.0005, 0];
 * const figure = lineChart([{ name: "rate", y: rates }], { xTitle: "step" });
 * assert.deepEqual(figure.data[0]?.x, [0, 1, 2]);
 * assert.deepEqual(figure.data[0]?.y, rates);
 * ```
 */
export function lineChart(
  lines: readonly Line[],
  options: LineChartOptions = {},
): Figure {
  const { xTitle = "", yTitle = "", yLog = false, ...rest } = options;
  checkCount("draw lines", "lines", lines);
  const data = lines.map(({ name, y, x }) => {
    const action = `draw the line ${name}`;
    checkCount(action, "values", y);
    if (x) checkCount(action, "positions", x, y.length);
    return {
      type: "scatter",
      mode: "lines",
      name,
      x: plotted(x ?? Array.from({ length: y.length }, (_, i) => i), 6),
      y: plotted(y),
    };
  });
  return {
    data,
    layout: styledLayout(rest, {
      xaxis: styledAxis(xTitle),
      yaxis: styledAxis(
        yTitle,
        // 10⁻⁶, where Plotly by itself would write 1μ.
        yLog ? { type: "log", exponentformat: "power" } : {},
      ),
      showlegend: lines.length > 1,
      legend: legendAbove,
      hovermode: "x unified",
    }),
  };
}

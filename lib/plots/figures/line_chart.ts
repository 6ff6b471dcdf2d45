import { checkValue } from "../../numeric/domain.ts";
import { checkItems, checkList, checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Figure } from "./figure.ts";
import { checkPlotted, digitsOf, plotted } from "./numbers.ts";
import {
  type AxisTitles,
  legendAbove,
  styledAxis,
  styledLayout,
} from "./style.ts";

const ACTION = "draw lines";

/** Values over a common axis, with bars for how far they spread. */
export interface Line {
  /** What the legend calls it. */
  name: string;
  /** A value that is not finite leaves a gap. */
  y: ArrayLike<number>;
  /** As many as `y`, with gaps likewise; 0, 1, 2 … by default. */
  x?: ArrayLike<number>;
  /** As many as `y`: how far bars reach up and down; no bars by default. */
  error?: ArrayLike<number>;
  /** Whether it is dotted and thick, to be seen on another; not by default. */
  dotted?: boolean;
}

/** How the axes count and what they are called, beside title and size. */
export interface LineChartOptions extends AxisTitles {
  /** Whether the horizontal axis is logarithmic; not by default. */
  xLog?: boolean;
  /** Where the horizontal axis has its ticks; Plotly's choice by default. */
  xTicks?: readonly number[];
  /** What stands below 0, 1, 2 … of the horizontal axis; the numbers by default. */
  xNames?: readonly string[];
  /** Whether the vertical axis is logarithmic; not by default. */
  yLog?: boolean;
  /**
   * How values are written, in d3-format: ".2%" … The vertical axis has as many
   * digits as its ticks need, whatever this says.
   */
  yFormat?: string;
}

/**
 * Draws lines over a common axis.
 *
 * @throws {RangeError} If there is no line, one is empty or not of numbers, or `x` or
 * `error` and `y` differ in length.
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
  const { xTitle = "", yTitle = "", ...others } = optionsOf(ACTION, options);
  const { xLog = false, xTicks, xNames, yLog = false, yFormat, ...rest } =
    others;
  checkSome(ACTION, "lines", lines);
  checkValue(ACTION, "xLog", xLog, { type: "boolean" });
  checkValue(ACTION, "yLog", yLog, { type: "boolean" });
  if (xTicks !== undefined) {
    checkList(ACTION, "xTicks", xTicks, { type: "number" });
  }
  if (xNames !== undefined) {
    checkSome(ACTION, "xNames", xNames);
    const isText = (name: unknown) => typeof name === "string";
    checkItems(ACTION, "xNames to be text", xNames, isText);
  }
  const checked = lines.map((line) => {
    const { name, y, x, error, dotted = false } = optionsOf(ACTION, line);
    const action = `draw the line ${name}`;
    checkValue(action, "dotted", dotted, { type: "boolean" });
    checkPlotted(action, "values", y);
    if (x !== undefined) checkPlotted(action, "positions", x, y.length);
    if (error !== undefined) checkPlotted(action, "errors", error, y.length);
    const from0 = Array.from({ length: y.length }, (_, i) => i);
    return { name, x: x ?? from0, y, error, dotted };
  });
  const digits = digitsOf(checked.flatMap(({ y }) => Array.from(y)));
  const data = checked.map(({ name, x, y, error, dotted }) => {
    return {
      type: "scatter",
      mode: error ? "lines+markers" : "lines",
      name,
      x: plotted(x, 6),
      y: plotted(y, digits),
      ...(dotted && { line: { dash: "dot", width: 4 } }),
      ...(error && { error_y: { array: plotted(error), thickness: 1.5 } }),
    };
  });
  return {
    data,
    layout: styledLayout(rest, {
      xaxis: styledAxis(xTitle, {
        ...(xLog && logarithmic),
        ...(xTicks && { tickvals: xTicks, ticktext: xTicks.map(String) }),
        ...(xNames && { tickvals: [...xNames.keys()], ticktext: xNames }),
      }),
      yaxis: styledAxis(yTitle, {
        ...(yLog && logarithmic),
        ...(yFormat && { tickformat: yFormat }),
      }),
      showlegend: lines.length > 1,
      legend: legendAbove,
      hovermode: "x unified",
    }),
  };
}

// 10⁻⁶, where Plotly by itself would write 1μ.
const logarithmic = { type: "log", exponentformat: "power" };

import { optionsOf } from "../../numeric/options.ts";
import type { Figure } from "./figure.ts";
import { checkPlotted, plotted } from "./numbers.ts";
import { type AxisTitles, colors, styledAxis, styledLayout } from "./style.ts";

/** Titles of the axes and how values are written, beside title and size. */
export interface BarChartOptions extends AxisTitles {
  /** How the values are written, in d3-format: ".1%" … ; ".4~g" by default. */
  format?: string;
}

/**
 * Draws one bar for each name, with its value above it; none for a value that is
 * not finite.
 *
 * @throws {RangeError} If there is no value, or one is not a number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const figure = barChart({ "raw pixels": 0.82, NN2: 0.98 }, { format: ".1%" });
 * assert.deepEqual(figure.data[0]?.y, [0.82, 0.98]);
 * ```
 */
export function barChart(
  values: Readonly<Record<string, number>>,
  options: BarChartOptions = {},
): Figure {
  const action = "draw bars";
  const { xTitle = "", yTitle = "", format = ".4~g", ...rest } = optionsOf(
    action,
    options,
  );
  const names = Object.keys(optionsOf(action, values));
  checkPlotted(action, "values", Object.values(values));
  return {
    data: [{
      type: "bar",
      x: names,
      y: plotted(Object.values(values)),
      marker: { color: colors.blue },
      texttemplate: `%{y:${format}}`,
      textposition: "outside",
      cliponaxis: false,
      hovertemplate: `%{x}: %{y:${format}}<extra></extra>`,
    }],
    layout: styledLayout(rest, {
      xaxis: styledAxis(xTitle, { type: "category", ticks: "" }),
      yaxis: styledAxis(yTitle, {
        rangemode: "tozero",
        ...(format.endsWith("%") && { tickformat: format }),
      }),
      bargap: 0.35,
    }),
  };
}

import { checkValue } from "../../numeric/domain.ts";
import { checkList, checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Figure } from "../figures/figure.ts";
import { round } from "../figures/numbers.ts";
import {
  type AxisTitles,
  colors,
  styledAxis,
  styledLayout,
} from "../figures/style.ts";

const action = "draw a histogram of values";
/** Far more than the figure has pixels. */
const MOST_BINS = 10_000;

/** How values are counted and written, beside titles and size. */
export interface HistogramOptions extends AxisTitles {
  /** How wide a bar is, above 0. */
  binWidth: number;
  /** A value to compare with, drawn as a line; none by default. */
  mark?: number;
  /** What stands beside that line; its value by default. */
  markName?: string;
  /** How the horizontal axis writes its values, in d3-format: ".0%" … */
  format?: string;
}

/**
 * Draws how often values occur: a bar for each bin, centered at a multiple of the
 * bins' width.
 *
 * @throws {RangeError} If there is no value, one is not finite, the width of the
 * bins is not above 0, or they are more than 10,000.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { data } = histogram([0.99, 0.98, 0.99], { binWidth: 0.01 });
 * assert.deepEqual([data[0]?.x, data[0]?.y], [[0.98, 0.99], [1, 2]]);
 * ```
 */
export function histogram(
  values: ArrayLike<number>,
  options: HistogramOptions,
): Figure {
  const { binWidth, mark, markName, format, ...rest } = optionsOf(
    action,
    options,
  );
  const { xTitle = "", yTitle = "how many", ...others } = rest;
  checkSome(action, "values", values);
  checkList(action, "values", values, { type: "number" });
  checkValue(action, "binWidth", binWidth, { type: "number", above: 0 });
  if (mark !== undefined) checkValue(action, "mark", mark, { type: "number" });
  const bins = count(values, binWidth);
  return {
    data: [{
      type: "bar",
      x: bins.map(({ at }) => round(at * binWidth, 6)),
      y: bins.map(({ times }) => times),
      width: binWidth,
      marker: { color: colors.blue, line: { color: "white", width: 1 } },
      hovertemplate: `%{x${format ? `:${format}` : ""}}: %{y}<extra></extra>`,
      showlegend: false,
    }],
    layout: styledLayout(others, {
      bargap: 0,
      xaxis: styledAxis(xTitle, { ...(format && { tickformat: format }) }),
      yaxis: styledAxis(yTitle, { rangemode: "tozero" }),
      ...(mark !== undefined && markLine(mark, markName ?? `${round(mark)}`)),
    }),
  };
}

/** From the first bin that has a value to the last. */
function count(
  values: ArrayLike<number>,
  width: number,
): { at: number; times: number }[] {
  const places = Array.from(values, (value) => Math.round(value / width));
  const first = places.reduce((a, b) => Math.min(a, b));
  const last = places.reduce((a, b) => Math.max(a, b));
  checkValue(action, "the number of bins", last - first + 1, {
    type: "integer",
    min: 1,
    max: MOST_BINS,
  });
  const bins = Array.from(
    { length: last - first + 1 },
    (_, i) => ({ at: first + i, times: 0 }),
  );
  for (const place of places) bins[place - first]!.times++;
  return bins;
}

function markLine(mark: number, name: string) {
  return {
    shapes: [{
      type: "line",
      yref: "paper",
      x0: mark,
      x1: mark,
      y0: 0,
      y1: 1,
      line: { color: colors.orange, width: 2 },
    }],
    annotations: [{
      text: name,
      x: mark,
      yref: "paper",
      y: 1,
      yanchor: "bottom",
      showarrow: false,
      font: { color: colors.orange, size: 12 },
    }],
  };
}

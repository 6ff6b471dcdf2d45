import { checkList, checkSome } from "../../numeric/list.ts";
import { checkValue } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Figure } from "../figures/figure.ts";
import { median, notNegative, plotted, round } from "../figures/numbers.ts";
import {
  colors,
  type FigureOptions,
  styledAxis,
  styledLayout,
} from "../figures/style.ts";

/** What bars are compared with, and the axis, beside title and size. */
export interface SpeedChartOptions extends FigureOptions {
  /** What the axis counts, such as "GFLOP/s". */
  unit?: string;
  /** Dashed lines at speeds of interest, by name; none by default. */
  lines?: Readonly<Record<string, number>>;
}

/**
 * Draws speeds that were measured several times: a bar up to the median, which
 * stands in figures on the right, and a thin line over the middle half of them
 * (of fewer than eight, from the lowest to the highest).
 *
 * @param measured For each name, at least one number of 0 or more. The first name
 * stands at the top.
 * @throws {RangeError} If there is no name, or a value is below 0 or none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const figure = speedChart({ slow: [1, 3, 2], fast: [9, 8] }, {
 *   unit: "GFLOP/s",
 *   lines: { peak: 10 },
 * });
 * assert.deepEqual(figure.data[0]?.x, [2, 8.5]);
 * ```
 */
export function speedChart(
  measured: Readonly<Record<string, ArrayLike<number>>>,
  options: SpeedChartOptions = {},
): Figure {
  const action = "draw speeds";
  const { unit = "", lines = {}, ...rest } = optionsOf(action, options);
  const names = Object.keys(optionsOf(action, measured));
  checkValue(action, "the number of names", names.length, someNames);
  for (const name of names) {
    const whose = `the speeds of ${name}`;
    checkSome(action, whose, measured[name]);
    checkList(action, whose, measured[name]!, notNegative);
  }
  const marks = Object.entries(optionsOf(action, lines));
  for (const [name, value] of marks) {
    checkValue(action, `the line ${name}`, value, notNegative);
  }
  const speeds = names.map((name) => Float64Array.from(measured[name]!));
  const middles = speeds.map(median);
  const ranges = speeds.map(rangeOf);
  return {
    data: [{
      type: "bar",
      orientation: "h",
      y: names,
      x: plotted(middles),
      marker: { color: colors.blue },
      error_x: {
        type: "data",
        symmetric: false,
        array: plotted(ranges.map(({ high }, i) => high - middles[i]!)),
        arrayminus: plotted(ranges.map(({ low }, i) => middles[i]! - low)),
        color: colors.ink,
        thickness: 1.2,
        width: 4,
      },
      hovertemplate: `%{y}: %{x:.4~g} ${unit}<extra></extra>`,
    }],
    layout: styledLayout(rest, {
      xaxis: styledAxis(unit, { rangemode: "tozero" }),
      yaxis: styledAxis("", {
        type: "category",
        autorange: "reversed",
        ticks: "",
      }),
      bargap: 0.35,
      shapes: marks.map(([, value]) => markAt(value)),
      annotations: [
        ...marks.map(([name, value]) => nameAt(name, value)),
        ...names.map((name, i) => medianOf(name, middles[i]!)),
      ],
      margin: { l: 64, r: 72, t: marks.length > 0 ? 72 : 52, b: 52 },
    }),
  };
}

/** From the first quarter to the third, or from end to end of a few. */
function rangeOf(speeds: Float64Array): { low: number; high: number } {
  const sorted = speeds.toSorted();
  const left = sorted.length < 8 ? 0 : sorted.length >> 2;
  return { low: sorted[left]!, high: sorted.at(-1 - left)! };
}

const someNames = { type: "integer", min: 1 } as const;

const markAt = (value: number) => ({
  type: "line",
  yref: "paper",
  x0: value,
  x1: value,
  y0: 0,
  y1: 1,
  line: { color: colors.orange, width: 2, dash: "dash" },
});

/** Beside the drawing, where no bar and no thin line crosses it. */
const medianOf = (name: string, value: number) => ({
  text: String(round(value, 3)),
  xref: "paper",
  x: 1.01,
  xanchor: "left",
  y: name,
  showarrow: false,
});

const nameAt = (text: string, value: number) => ({
  text,
  x: value,
  yref: "paper",
  y: 1,
  yanchor: "bottom",
  showarrow: false,
  font: { color: colors.orange, size: 12 },
});

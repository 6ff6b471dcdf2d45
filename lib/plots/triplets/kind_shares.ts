import { checkValue } from "../../numeric/domain.ts";
import { checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Figure, PlotlyObject } from "../figures/figure.ts";
import { notNegative, plotted } from "../figures/numbers.ts";
import {
  type AxisTitles,
  type FigureOptions,
  styledAxis,
  styledLayout,
} from "../figures/style.ts";
import { type KindCounts, kinds } from "./kinds.ts";

/**
 * Draws which share of the triplets is hard, semi-hard and easy: one bar for each
 * set of counts, from above to below.
 *
 * @param counts By name, as `countTriplets` gives them.
 * @throws {RangeError} If there is none, or a count is not a number of at least 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const figure = kindBars({ pixels: { hard: 1, semiHard: 1, easy: 2 } });
 * assert.deepEqual(figure.data.map(({ x }) => x), [[0.25], [0.25], [0.5]]);
 * ```
 */
export function kindBars(
  counts: Readonly<Record<string, KindCounts>>,
  options: FigureOptions = {},
): Figure {
  const action = "draw bars of kinds";
  const sets = Object.entries(optionsOf(action, counts));
  const shares = sharesOf(action, sets.map(([, of]) => of));
  const { title = "", ...rest } = optionsOf(action, options);
  const around = title ? 132 : 100;
  const size = { height: around + 50 * sets.length, ...rest, title };
  return {
    data: kinds.map(({ name, color }, kind) => ({
      type: "bar",
      orientation: "h",
      name,
      y: sets.map(([of]) => of),
      x: plotted(shares[kind]!),
      marker: { color },
      hovertemplate: `%{y}: %{x:.1%} ${name}<extra></extra>`,
    })),
    layout: styledLayout(size, {
      barmode: "stack",
      bargap: 0.3,
      xaxis: styledAxis("share of all triplets", wholeAxis),
      yaxis: styledAxis("", { type: "category", autorange: "reversed" }),
      margin: { l: 64, r: 24, t: title ? 76 : 44, b: 52 },
      ...legend,
      hovermode: "closest",
    }),
  };
}

/**
 * Draws how the shares of hard, semi-hard and easy triplets change over the steps
 * of a training run, as areas one above the other.
 *
 * @param counts Of each step.
 * @throws {RangeError} If there is none, or a count is not a number of at least 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const counts = [
 *   { hard: 2, semiHard: 1, easy: 1 },
 *   { hard: 0, semiHard: 1, easy: 3 },
 * ];
 * assert.deepEqual(kindAreas(counts).data[2]?.y, [0.25, 0.75]);
 * ```
 */
export function kindAreas(
  counts: readonly KindCounts[],
  options: AxisTitles = {},
): Figure {
  const action = "draw areas of kinds";
  const shares = sharesOf(action, counts);
  const {
    xTitle = "step",
    yTitle = "share of all triplets",
    ...rest
  } = optionsOf(action, options);
  return {
    data: kinds.map(({ name, color }, kind) => ({
      type: "scatter",
      mode: "lines",
      name,
      x: counts.map((_, step) => step),
      y: plotted(shares[kind]!),
      stackgroup: "kinds",
      line: { color, width: 1 },
      hovertemplate: "%{y:.1%}",
    })),
    layout: styledLayout(rest, {
      xaxis: styledAxis(xTitle),
      yaxis: styledAxis(yTitle, wholeAxis),
      margin: { l: 64, r: 24, t: rest.title ? 76 : 44, b: 52 },
      ...legend,
      hovermode: "x unified",
    }),
  };
}

const wholeAxis: PlotlyObject = { tickformat: ".0%", range: [0, 1] };
const legend: PlotlyObject = {
  showlegend: true,
  legend: {
    orientation: "h",
    x: 0,
    y: 1.02,
    yanchor: "bottom",
    traceorder: "normal",
  },
};

/** The shares of each kind, 0 where there is no triplet. */
function sharesOf(action: string, sets: readonly KindCounts[]): number[][] {
  checkSome(action, "counts", sets);
  for (const set of sets) {
    optionsOf(action, set);
    for (const { key } of kinds) checkValue(action, key, set[key], notNegative);
  }
  return kinds.map(({ key }) =>
    sets.map((set) => set[key] / (set.hard + set.semiHard + set.easy || 1))
  );
}

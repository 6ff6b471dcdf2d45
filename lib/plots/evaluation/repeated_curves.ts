import { checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Figure, PlotlyObject } from "../figures/figure.ts";
import { number, object } from "../figures/read.ts";
import {
  colors,
  type FigureOptions,
  legendAbove,
  palette,
  styledLayout,
} from "../figures/style.ts";
import {
  axesOf,
  axisNames,
  checkPanel,
  type CurvePanel,
  domainOf,
  noteAbove,
} from "./curve_panel.ts";
import { repeatedTraces } from "./repeated_traces.ts";

const action = "draw repeated measurements";
/** Above the panels, in pixels: for their names. */
const HEAD = 24;

/**
 * Draws values that were measured several times, such as once with each seed: a dot
 * at their mean, a bar of one standard deviation up and down, and a small point for
 * each run. Several panels lie side by side, each with its own axes: results to
 * compare whose scales differ. A curve of the same name has the same color in each.
 *
 * @throws {RangeError} If there is no panel, no curve or no run, a value is not
 * finite, or lengths differ.
 *
 * @example Three runs at each of two sizes
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const x = [64, 128];
 * const runs = [[0.7, 0.8, 0.9], [0.9, 0.9, 0.9]];
 * const curves = [{ name: "accuracy", x, runs }];
 * const { data } = repeatedCurves([{ curves, xLog: true, xTicks: x }]);
 * assert.deepEqual(data[0]?.y, [0.8, 0.9]);
 * assert.deepEqual(data[0]?.error_y, { array: [0.1, 0], thickness: 1.5 });
 * ```
 */
export function repeatedCurves(
  panels: readonly CurvePanel[],
  options: FigureOptions = {},
): Figure {
  checkSome(action, "panels", panels);
  const size = { width: 400 * panels.length, height: 380 };
  const given = { ...size, ...optionsOf(action, options) };
  const read = panels.map((panel) => optionsOf(action, panel));
  for (const panel of read) checkPanel(action, panel);
  const names = [
    ...new Set(read.flatMap(({ curves }) => curves.map(({ name }) => name))),
  ];
  const drawn = read.map((panel, place) => {
    const domain = domainOf(place, read.length);
    const before = read.slice(0, place).flatMap(({ curves }) =>
      curves.map(({ name }) => name)
    );
    return {
      data: panel.curves.flatMap((curve) =>
        repeatedTraces(curve, {
          color: colorAt(names.indexOf(curve.name)),
          isJoined: panel.xNames === undefined,
          isNew: !before.includes(curve.name),
          ...axisNames(place),
        })
      ),
      axes: axesOf(panel, place, domain),
      note: noteAbove(panel, domain),
    };
  });
  const layout = styledLayout(given, {
    ...Object.assign({}, ...drawn.map(({ axes }) => axes)),
    annotations: drawn.flatMap(({ note }) => note),
    showlegend: names.length > 1,
    legend: legendAbove,
    hovermode: "closest",
  });
  const data = drawn.flatMap(({ data }) => data);
  return {
    data,
    layout: read.some(({ name }) => name) ? lower(layout) : layout,
  };
}

/** The layout with room for the panels' names below the legend. */
function lower(layout: PlotlyObject): PlotlyObject {
  const margin = object(layout.margin);
  const top = number(margin.t, 0) + HEAD;
  const inside = number(layout.height, 0) - top - number(margin.b, 0);
  return {
    ...layout,
    margin: { ...margin, t: top },
    legend: { ...legendAbove, y: 1 + HEAD / Math.max(HEAD, inside) },
  };
}

const colorAt = (place: number) =>
  [colors.blue, colors.orange][place] ?? palette[place % palette.length]!;

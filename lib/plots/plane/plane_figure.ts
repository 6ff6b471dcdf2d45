import { checkValue } from "../../numeric/domain.ts";
import { checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Figure, PlotlyObject } from "../figures/figure.ts";
import { round } from "../figures/numbers.ts";
import { type FigureOptions, styledLayout } from "../figures/style.ts";
import {
  ACTION,
  arrowOf,
  type PlaneArrow,
  type PlaneGroup,
  traceOf,
} from "./plane_marks.ts";

/** What is drawn beside the groups, and title and size. */
export interface PlaneOptions extends FigureOptions {
  /** Whether the unit circle is drawn behind them; not by default. */
  circle?: boolean;
  /** Drawn over them; none by default. */
  arrows?: readonly PlaneArrow[];
  /** Both axes go from −reach to reach at least, above 0; as far as the points by default. */
  reach?: number;
  /** Whether there is a legend; not by default. */
  legend?: boolean;
}

/**
 * Draws points, lines and arrows in a plane without axes, with one scale for both
 * directions, so that distances and angles are true.
 *
 * @throws {RangeError} If there is no group, a place is not two finite numbers, or an option is
 * none of those listed.
 *
 * @example Two points on the circle, and the chord between them
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const points = [[1, 0], [0, 1]];
 * const figure = planeFigure([
 *   { name: "chord", points, draw: "line" },
 *   { name: "points", points, texts: ["a", "b"] },
 * ], { circle: true });
 * assert.deepEqual(figure.data.map(({ name }) => name), ["circle", "chord", "points"]);
 * ```
 */
export function planeFigure(
  groups: readonly PlaneGroup[],
  options: PlaneOptions = {},
): Figure {
  const { circle = false, arrows = [], reach, legend = false, ...rest } =
    optionsOf(ACTION, options);
  checkSome(ACTION, "groups", groups);
  checkValue(ACTION, "circle", circle, { type: "boolean" });
  checkValue(ACTION, "legend", legend, { type: "boolean" });
  if (reach !== undefined) {
    checkValue(ACTION, "reach", reach, { type: "number", above: 0, max: 1e6 });
  }
  const range = reach && { range: [-reach, reach] };
  const bare = { visible: false, ...range };
  return {
    data: [...(circle ? [unitCircle] : []), ...groups.map(traceOf)],
    layout: styledLayout({ width: 560, height: 420, ...rest }, {
      margin: { l: 12, r: 12, t: rest.title ? 44 : 12, b: 12 },
      xaxis: bare,
      yaxis: { ...bare, scaleanchor: "x" },
      hovermode: false,
      showlegend: legend,
      annotations: arrows.map(arrowOf),
    }),
  };
}

const unitCircle: PlotlyObject = {
  type: "scatter",
  mode: "lines",
  name: "circle",
  x: Array.from({ length: 73 }, (_, i) => round(Math.cos(i / 36 * Math.PI))),
  y: Array.from({ length: 73 }, (_, i) => round(Math.sin(i / 36 * Math.PI))),
  line: { color: "#d1d5db", width: 1 },
  showlegend: false,
};

import { checkLength, checkList } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import type { Figure } from "../figures/figure.ts";
import { notNegative, plotted } from "../figures/numbers.ts";
import {
  type AxisTitles,
  colors,
  legendAbove,
  styledAxis,
  styledLayout,
} from "../figures/style.ts";

/** Squared distances of images from two places, one of each for each image. */
export interface TwoDistances {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
}

const looks = [
  { color: colors.blue, symbol: "circle", size: 5, opacity: 0.45 },
  { color: colors.orange, symbol: "diamond", size: 6, opacity: 0.6 },
  { color: colors.ink, symbol: "square", size: 6, opacity: 0.6 },
];

/**
 * Draws images by how far they are from two places, such as two centroids. Below
 * the dashed diagonal the one of the vertical axis is nearer.
 *
 * @param groups Up to three groups by name, each in a color and a shape of its own.
 * @throws {RangeError} If there is no group or more than three, a group is empty,
 * has not as many distances of both kinds, or a distance is negative or not finite.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { data } = distancePlane({ sevens: { x: [0.1, 0.3], y: [1.2, 0.9] } });
 * assert.deepEqual(data[0]?.y, [1.2, 0.9]);
 * ```
 */
export function distancePlane(
  groups: Readonly<Record<string, TwoDistances>>,
  options: AxisTitles = {},
): Figure {
  const action = "draw distances from two places";
  const {
    xTitle = "squared distance from one",
    yTitle = "squared distance from the other",
    ...rest
  } = optionsOf(action, options);
  const named = Object.entries(optionsOf(action, groups));
  if (named.length < 1 || named.length > looks.length) {
    refuse(action, `1 to ${looks.length} groups`, `${named.length}`);
  }
  for (const [name, { x, y }] of named) {
    checkList(action, `x of ${name}`, x, notNegative);
    checkList(action, `y of ${name}`, y, notNegative);
    checkLength(action, `y of ${name}`, y, x.length);
    if (x.length === 0) refuse(action, `distances of ${name}`, "none");
  }
  const most = named.reduce(
        (most, [, { x, y }]) =>
          [...Array.from(x), ...Array.from(y)]
            .reduce((a, b) => Math.max(a, b), most),
        0,
      ) * 1.05 || 1;
  return {
    data: named.map(([name, { x, y }], i) => ({
      type: "scatter",
      mode: "markers",
      name,
      x: plotted(x),
      y: plotted(y),
      marker: looks[i],
      hovertemplate: `${name} (%{x}, %{y})<extra></extra>`,
    })),
    layout: styledLayout({ width: 560, height: 520, ...rest }, {
      xaxis: styledAxis(xTitle, { range: [0, most], constrain: "domain" }),
      yaxis: styledAxis(yTitle, {
        range: [0, most],
        scaleanchor: "x",
        constrain: "domain",
      }),
      showlegend: true,
      legend: { ...legendAbove, itemsizing: "constant" },
      shapes: [{
        type: "line",
        x0: 0,
        y0: 0,
        x1: most,
        y1: most,
        line: { color: colors.muted, width: 1.5, dash: "dash" },
      }],
    }),
  };
}

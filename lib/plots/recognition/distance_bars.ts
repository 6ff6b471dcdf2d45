import { checkValue } from "../../numeric/domain.ts";
import { checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { PlotlyObject } from "../figures/figure.ts";
import { colors, styledAxis } from "../figures/style.ts";

/** A place on the sheet, in shares of it from the left and from below. */
export interface Box {
  x: [number, number];
  y: [number, number];
}

/** Squared distances of one point to classes, and what they are compared with. */
export interface DistanceBars {
  /** To the centroid of each class, by its name. */
  distances: Readonly<Record<string, number>>;
  /** Up to here the nearest class is accepted. */
  accept: number;
  /** From here on the point is a stranger; in between one is not sure. */
  refuse: number;
}

const action = "draw distances";

/**
 * A bar for each squared distance, and lines at both thresholds, in a part of a
 * figure. The nearest is blue where it is accepted, orange where one is not sure,
 * and dark where it is a stranger's.
 *
 * @throws {RangeError} If there is no distance, or one or a threshold is negative or not
 * finite.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const given = { distances: { "3": 0.02, "5": 2.1 }, accept: 0.1, refuse: 0.4 };
 * const { data } = distanceBars(given, { x: [0, 1], y: [0, 1] });
 * assert.deepEqual(data[0]?.y, [0.02, 2.1]);
 * ```
 */
export function distanceBars(
  given: DistanceBars,
  { x, y }: Box,
) {
  const { distances, accept, refuse } = optionsOf(action, given);
  const names = Object.keys(optionsOf(action, distances));
  const values = Object.values(distances);
  checkSome(action, "distances", values);
  const domain = { type: "number", min: 0 } as const;
  values.forEach((value, i) =>
    checkValue(action, `the distance to ${names[i]}`, value, domain)
  );
  checkValue(action, "accept", accept, domain);
  checkValue(action, "refuse", refuse, { type: "number", min: accept });

  const nearest = Math.min(...values);
  const mark = nearest <= accept
    ? colors.blue
    : nearest <= refuse
    ? colors.orange
    : colors.ink;
  const data: PlotlyObject[] = [{
    type: "bar",
    x: names.map((_, i) => i),
    y: values,
    marker: {
      color: values.map((value) => value === nearest ? mark : colors.pale),
    },
    text: values.map((value) => value.toFixed(2)),
    textposition: "outside",
    textfont: { size: 10 },
    cliponaxis: false,
    hovertemplate: "%{y:.4f}<extra></extra>",
    xaxis: "x2",
    yaxis: "y2",
  }];
  const lines = [[accept, colors.blue], [refuse, colors.orange]] as const;
  return {
    data,
    axes: {
      xaxis2: styledAxis("", {
        domain: x,
        anchor: "y2",
        tickvals: names.map((_, i) => i),
        ticktext: names,
        ticks: "",
        showgrid: false,
        range: [-0.6, names.length - 0.4],
      }),
      yaxis2: styledAxis("", {
        domain: y,
        anchor: "x2",
        range: [0, Math.max(2.6, 1.15 * Math.max(...values))],
        tickvals: [0, 1, 2],
      }),
    },
    shapes: lines.map(([value, color]) => ({
      type: "line",
      xref: "x2",
      yref: "y2",
      x0: -0.6,
      x1: names.length - 0.4,
      y0: value,
      y1: value,
      line: { color, width: 1.5, dash: "dash" },
    })),
    annotations: [
      heading("squared distance to each class; dashed: thresholds", { x, y }),
    ],
  };
}

/** A line of text above the left end of a part of a figure. */
export function heading(text: string, { x, y }: Box): PlotlyObject {
  return {
    text,
    xref: "paper",
    yref: "paper",
    x: x[0],
    y: y[1],
    xanchor: "left",
    yanchor: "bottom",
    showarrow: false,
  };
}

import type { Figure, PlotlyObject } from "../figures/figure.ts";
import { list, object } from "../figures/read.ts";

/** A part of a figure that holds another. */
export interface Panel {
  data: PlotlyObject[];
  annotations: PlotlyObject[];
  /** By their names in the layout: `xaxis2` … */
  axes: PlotlyObject;
}

/**
 * A figure's traces, notes and axes, moved to a place of the whole.
 *
 * @param place From 0; it decides what the axes are called.
 * @param name What stands above.
 * @param domain From where to where, in shares of the whole, from the left and from
 * below.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const figure = { data: [{ type: "scatter" }], layout: {} };
 * const right = panelOf(figure, 1, "UMAP", { x: [0.5, 1], y: [0, 1] });
 * assert.equal(right.data[0]?.xaxis, "x2");
 * ```
 */
export function panelOf(
  { data, layout }: Figure,
  place: number,
  name: string,
  domain: { x: [number, number]; y: [number, number] },
): Panel {
  const end = place === 0 ? "" : `${place + 1}`;
  const [x, y] = [`x${end}`, `y${end}`];
  const notes = list(layout.annotations).map((note) => ({
    ...object(note),
    xref: x,
    yref: y,
  }));
  const axis = (settings: unknown, anchor: string, more: PlotlyObject) => ({
    ...object(settings),
    ...bare,
    anchor,
    ...more,
  });
  return {
    data: data.map((trace) => ({ ...trace, xaxis: x, yaxis: y })),
    annotations: [...notes, {
      text: name,
      xref: "paper",
      yref: "paper",
      x: (domain.x[0] + domain.x[1]) / 2,
      y: domain.y[1],
      xanchor: "center",
      yanchor: "bottom",
      showarrow: false,
    }],
    axes: {
      [`xaxis${end}`]: axis(layout.xaxis, y, { domain: domain.x }),
      [`yaxis${end}`]: axis(layout.yaxis, x, {
        domain: domain.y,
        scaleanchor: x,
      }),
    },
  };
}

const bare: PlotlyObject = {
  title: { text: "" },
  showticklabels: false,
  showgrid: false,
  ticks: "",
  showline: true,
  mirror: true,
  linecolor: "#d1d5db",
};

import type { PlotlyObject } from "../figures/figure.ts";
import { round } from "../figures/numbers.ts";
import { colors } from "../figures/style.ts";

/** How high a bar is. */
export const BAR = 0.26;

/** A rectangle around its middle. */
export function box(
  [x, y]: readonly [number, number],
  [width, height]: readonly [number, number],
  look: PlotlyObject,
): PlotlyObject {
  const [dx, dy] = [width / 2, height / 2];
  const [x0, x1, y0, y1] = [x - dx, x + dx, y - dy, y + dy].map((at) =>
    round(at)
  );
  return { type: "rect", x0, x1, y0, y1, layer: "below", ...look };
}

/** A bar from left to right, as all channels of a level are drawn. */
export function bar(
  [from, to]: readonly [number, number],
  y: number,
  fillcolor: string,
): PlotlyObject {
  const line = { color: "#ffffff", width: 1 };
  return box([(from + to) / 2, y], [to - from, BAR], { fillcolor, line });
}

/** Words around a point. */
export function note(
  text: string,
  x: number,
  y: number,
  color: string = colors.ink,
  size = 13,
): PlotlyObject {
  const at = { x: round(x), y: round(y) };
  return { text, ...at, showarrow: false, font: { color, size } };
}

/** An arrow from a point to another. */
export function arrow(
  [ax, ay]: readonly [number, number],
  [x, y]: readonly [number, number],
): PlotlyObject {
  const at = { x: round(x), y: round(y), ax: round(ax), ay: round(ay) };
  const look = { arrowcolor: colors.ink, arrowwidth: 1.5, arrowhead: 2 };
  return { text: "", ...at, axref: "x", ayref: "y", showarrow: true, ...look };
}

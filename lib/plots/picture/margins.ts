import type { PlotlyObject } from "../figures/figure.ts";
import { number, object } from "../figures/read.ts";
import type { DrawnTrace } from "../encode/marks.ts";
import type { Axis } from "./axes/axis.ts";
import { sideRoom, type Type } from "./axes/draw_axis.ts";
import type { Frame } from "./axes/place_axes.ts";
import { isLegendRow, legendRoom } from "./legend.ts";

/** The frame that the margins of the layout leave. */
export function frameOf(
  layout: PlotlyObject,
  width: number,
  height: number,
): Frame {
  const { l, r, t, b } = object(layout.margin);
  return {
    left: number(l, 80),
    right: width - number(r, 80),
    top: number(t, 100),
    bottom: height - number(b, 80),
  };
}

interface Wanting {
  width: number;
  layout: PlotlyObject;
  entries: readonly DrawnTrace[];
  type: Type;
}

/** The frame with margins as wide as labels and legend need. */
export function withRoom(
  frame: Frame,
  axes: ReadonlyMap<string, Axis>,
  { width, layout, entries, type }: Wanting,
): Frame {
  const room = (isRight: boolean) =>
    Math.max(
      0,
      ...axes.values()
        .filter(({ letter, settings }) =>
          letter === "y" && settings.automargin === true &&
          (settings.side === "right") === isRight
        )
        .map((axis) => sideRoom(axis, type.fontSize)),
    );
  const column = entries.length > 0 && !isLegendRow(layout)
    ? legendRoom(entries, type.fontSize)
    : 0;
  const right = Math.max(width - frame.right, room(true) + column);
  return {
    ...frame,
    left: Math.max(frame.left, room(false)),
    right: width - right,
  };
}

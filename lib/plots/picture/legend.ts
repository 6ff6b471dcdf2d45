import type { PlotlyObject } from "../figures/figure.ts";
import type { Type } from "./axes/draw_axis.ts";
import type { DrawnTrace } from "../encode/marks.ts";
import type { Frame } from "./axes/place_axes.ts";
import { object, text } from "../figures/read.ts";
import { element, label, textWidth } from "../encode/svg.ts";

/** The traces that the legend names; none where there is no legend. */
export function legendEntries(
  layout: PlotlyObject,
  drawn: readonly DrawnTrace[],
): DrawnTrace[] {
  const entries = drawn.filter(({ inLegend }) => inLegend);
  const isShown = typeof layout.showlegend === "boolean"
    ? layout.showlegend
    : entries.length > 1;
  return isShown ? entries : [];
}

/** Whether the legend is a row above the drawing, and not a column at its right. */
export function isLegendRow(layout: PlotlyObject): boolean {
  return text(object(layout.legend).orientation, "v") === "h";
}

const BOX = 14;

/** Pixels that an entry takes from left to right. */
const wide = ({ name }: DrawnTrace, fontSize: number) =>
  BOX + 6 + textWidth(name, fontSize) + 12;

/** Pixels that a column at the right takes. */
export function legendRoom(
  entries: readonly DrawnTrace[],
  fontSize: number,
): number {
  return Math.max(0, ...entries.map((entry) => wide(entry, fontSize))) + 8;
}

/**
 * Draws the legend: a row that ends at the right and, where it is too long, goes
 * on in another above it, or a column.
 */
export function drawLegend(
  layout: PlotlyObject,
  entries: readonly DrawnTrace[],
  frame: Frame,
  { fontSize, ink }: Type,
): string {
  const height = fontSize * 1.5;
  const entryAt = (entry: DrawnTrace, x: number, y: number) =>
    element("rect", { x, y: y - 4, width: BOX, height: 8, fill: entry.color }) +
    label(entry.name, x + BOX + 6, y, {
      size: fontSize,
      color: ink,
      anchor: "start",
    });
  if (!isLegendRow(layout)) {
    return entries.map((entry, i) =>
      entryAt(entry, frame.right + 12, frame.top + (i + 0.5) * height)
    ).join("");
  }
  const rows: DrawnTrace[][] = [];
  let left = 0;
  for (const entry of entries) {
    left -= wide(entry, fontSize);
    if (left < 0) {
      rows.push([]);
      left = frame.right - frame.left - wide(entry, fontSize);
    }
    rows.at(-1)!.push(entry);
  }
  return rows.map((row, i) => {
    const width = row.reduce((sum, entry) => sum + wide(entry, fontSize), 0);
    let x = frame.right - width;
    return row.map((entry) => {
      const drawn = entryAt(
        entry,
        x,
        frame.top - 12 - (rows.length - 1 - i) * height,
      );
      x += wide(entry, fontSize);
      return drawn;
    }).join("");
  }).join("");
}

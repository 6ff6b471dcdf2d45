import type { AreaMark } from "../../encode/marks.ts";
import { element, label } from "../../encode/svg.ts";
import { type Canvas, opaque, pixels } from "./canvas.ts";
import { inkOn } from "./color_scale.ts";

/** A bar or a cell, with the text in it or past its end. */
export function paintArea(
  area: AreaMark,
  { x, y, fontSize, ink }: Canvas,
): string {
  const [gapX, gapY] = area.gap ?? [0, 0];
  const [left, right] = pixels(x, area.x);
  const [top, bottom] = pixels(y, area.y);
  const box = element("rect", {
    x: left + gapX / 2,
    y: top + gapY / 2,
    width: Math.max(0, right - left - gapX),
    height: Math.max(0, bottom - top - gapY),
    fill: area.color,
    "fill-opacity": opaque(area.opacity),
  });
  return box + areaText(area, { left, right, top, bottom }, { fontSize, ink });
}

function areaText(
  area: AreaMark,
  { left, right, top, bottom }: Record<Side, number>,
  { fontSize, ink }: Pick<Canvas, "fontSize" | "ink">,
): string {
  if (!area.text) return "";
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  if (area.textAt === "inside") {
    // In cells too small for it, the text is as small as they are.
    const size = Math.min(
      fontSize,
      (bottom - top) * 0.8,
      (right - left) / area.text.length * 1.7,
    );
    const style = { size, color: inkOn(area.color) };
    return size < 4 ? "" : label(area.text, x, y, style);
  }
  const style = { size: fontSize, color: ink };
  if (area.grows === "x") {
    return area.x[1] < area.x[0]
      ? label(area.text, left - 4, y, { ...style, anchor: "end" })
      : label(area.text, right + 4, y, { ...style, anchor: "start" });
  }
  return area.y[1] < area.y[0]
    ? label(area.text, x, bottom + 3, { ...style, vertical: "below" })
    : label(area.text, x, top - 3, { ...style, vertical: "above" });
}

type Side = "left" | "right" | "top" | "bottom";

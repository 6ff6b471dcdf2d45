import type { PlotlyObject } from "../figures/figure.ts";
import type { Axis } from "./axes/axis.ts";
import { arrowHead, dashArray } from "./traces/line_styles.ts";
import { axisName } from "./axes/extents.ts";
import type { Frame } from "./axes/place_axes.ts";
import { list, number, object, text } from "../figures/read.ts";
import { clipped, element, label, short } from "../encode/svg.ts";
import type { Type } from "./axes/draw_axis.ts";

/** The axes by name, and the pixels that "paper" means. */
export interface Ground {
  axes: ReadonlyMap<string, Axis>;
  frame: Frame;
}

/** A place on an axis, or a share of the paper, in pixels; NaN for what is on neither. */
function pixel(
  { axes, frame }: Ground,
  letter: "x" | "y",
  reference: unknown,
  value: unknown,
): number {
  const name = text(reference, letter);
  if (name === "paper" || name.endsWith(" domain")) {
    const share = Number(value);
    return letter === "x"
      ? frame.left + share * (frame.right - frame.left)
      : frame.bottom - share * (frame.bottom - frame.top);
  }
  const axis = axes.get(axisName(name));
  if (!axis) return NaN;
  return axis.at(axis.unit(value));
}

/** The lines and rectangles that a layout draws, below or above the traces. */
export function drawShapes(
  layout: PlotlyObject,
  ground: Ground,
  layer: "below" | "above",
): string {
  const drawn = list(layout.shapes).map(object)
    .filter((shape) => (shape.layer === "below") === (layer === "below"))
    .map((shape) => {
      const [x0, x1] = [shape.x0, shape.x1].map((value) =>
        pixel(ground, "x", shape.xref, value)
      ) as [number, number];
      const [y0, y1] = [shape.y0, shape.y1].map((value) =>
        pixel(ground, "y", shape.yref, value)
      ) as [number, number];
      if (!Number.isFinite(x0 + x1 + y0 + y1)) return "";
      const line = object(shape.line);
      const look = {
        stroke: text(line.color, "#444444"),
        "stroke-width": number(line.width, 2),
        "stroke-dasharray": dashArray(text(line.dash, "solid")),
        opacity: number(shape.opacity, 1),
      };
      return shape.type === "line"
        ? element("path", {
          d: `M${short(x0)},${short(y0)}L${short(x1)},${short(y1)}`,
          ...look,
        })
        : element("rect", {
          x: Math.min(x0, x1),
          y: Math.min(y0, y1),
          width: Math.abs(x1 - x0),
          height: Math.abs(y1 - y0),
          fill: text(shape.fillcolor, "none"),
          ...look,
        });
    }).join("");
  return clipped(drawn, ground.frame);
}

/** The texts and arrows that a layout draws over everything. */
export function drawAnnotations(
  layout: PlotlyObject,
  ground: Ground,
  { fontSize, ink }: Type,
): string {
  return list(layout.annotations).map(object).map((note) => {
    const x = logarithmic(ground, "x", note.xref, note.x);
    const y = logarithmic(ground, "y", note.yref, note.y);
    if (!Number.isFinite(x + y)) return "";
    const font = object(note.font);
    const hasArrow = note.showarrow !== false;
    const tail = hasArrow ? tailOf(note, ground, x, y) : [x, y] as const;
    const color = text(note.arrowcolor, text(font.color, ink));
    const arrow = hasArrow &&
      element("path", {
          d: `M${short(tail[0])},${short(tail[1])}L${short(x)},${short(y)}`,
          stroke: color,
          "stroke-width": number(note.arrowwidth, 1),
        }) + arrowHead(tail, [x, y], 6 + number(note.arrowwidth, 1), color);
    return (arrow || "") + label(text(note.text, ""), tail[0], tail[1], {
      size: number(font.size, fontSize),
      color: text(font.color, ink),
      anchor: ({ left: "start", right: "end" } as const)[
        text(note.xanchor, "") as "left" | "right"
      ] ?? "middle",
      vertical: ({ bottom: "above", top: "below" } as const)[
        text(note.yanchor, hasArrow ? "bottom" : "") as "bottom" | "top"
      ] ?? "middle",
      ...(typeof note.bgcolor === "string" && { background: note.bgcolor }),
      ...(typeof note.bordercolor === "string" && { border: note.bordercolor }),
    });
  }).join("");
}

/** Where an annotation is: on a logarithmic axis it names the exponent. */
function logarithmic(
  ground: Ground,
  letter: "x" | "y",
  reference: unknown,
  value: unknown,
): number {
  const axis = ground.axes.get(axisName(text(reference, letter)));
  return axis?.type === "log"
    ? axis.at(Number(value))
    : pixel(ground, letter, reference, value);
}

/** Where an arrow begins: on the axes, or some pixels away. */
function tailOf(
  note: PlotlyObject,
  ground: Ground,
  x: number,
  y: number,
): readonly [number, number] {
  const at = (
    letter: "x" | "y",
    reference: unknown,
    value: unknown,
    from: number,
  ) =>
    reference === undefined || reference === "pixel"
      ? from + number(value, letter === "x" ? -10 : -30)
      : pixel(ground, letter, reference, value);
  return [at("x", note.axref, note.ax, x), at("y", note.ayref, note.ay, y)];
}

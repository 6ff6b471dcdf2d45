import type { Figure } from "../figures/figure.ts";
import { type Axis, type AxisScale, axisScale } from "./axes/axis.ts";
import { drawAxis, gridLines, type Type } from "./axes/draw_axis.ts";
import { axisOf, drawTraces, pictured } from "./traces/draw_traces.ts";
import { drawLegend, legendEntries } from "./legend.ts";
import { frameOf, withRoom } from "./margins.ts";
import type { DrawnTrace } from "../encode/marks.ts";
import { drawAnnotations, drawShapes } from "./notes.ts";
import { drawTitle } from "./title.ts";
import { paint } from "./traces/paint.ts";
import { type Frame, placeAxes } from "./axes/place_axes.ts";
import { list, number, object, text } from "../figures/read.ts";
import { seenFigure } from "./space/seen_figure.ts";
import { clipped, element } from "../encode/svg.ts";

/**
 * Draws a figure as a picture, without Plotly and without a page: for viewers
 * where plotly.js does not run or cannot be loaded. It shows the same data on
 * the same axes; fonts, ticks and margins are only about the same.
 *
 * @returns SVG, or `undefined` if a trace is of a kind that it does not draw,
 * such as a surface.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const svg = figurePicture({ data: [{ type: "bar", y: [1, 2] }], layout: {} });
 * assert.ok(svg?.startsWith("<svg "));
 * assert.equal(figurePicture({ data: [{ type: "surface" }], layout: {} }), undefined);
 * ```
 */
export function figurePicture(figure: Figure): string | undefined {
  const { data: traces, layout } = seenFigure(figure);
  const data = traces.map((trace) => ({ type: "scatter", ...trace }));
  if (!data.every(({ type }) => pictured.includes(type))) return undefined;
  const width = number(layout.width, 640);
  const height = number(layout.height, 400);
  const font = object(layout.font);
  const type: Type = {
    fontSize: number(font.size, 12),
    ink: text(font.color, "#444444"),
  };
  const scales = scalesOf({ data, layout });
  const drawn = drawTraces({ data, layout }, scales);
  const entries = legendEntries(layout, drawn);
  const place = (frame: Frame) =>
    placeAxes({ data, layout }, scales, drawn, frame);
  const narrow = frameOf(layout, width, height);
  const frame = withRoom(narrow, place(narrow), {
    width,
    layout,
    entries,
    type,
  });
  const axes = place(frame);
  const parts = [
    element("rect", {
      width,
      height,
      fill: text(layout.paper_bgcolor, "#ffffff"),
    }),
    ...drawing({ data, layout }, drawn, { axes, frame }, type),
    drawLegend(layout, entries, frame, type),
    drawTitle({ data, layout }, type),
  ];
  const svg = element("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    "font-family": text(font.family, "sans-serif"),
  }, parts.join(""));
  // XML has no way to write these.
  // deno-lint-ignore no-control-regex
  return svg.toWellFormed().replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, "");
}

/** Every axis that is named or used, and how it counts. */
function scalesOf({ data, layout }: Figure): Map<string, AxisScale> {
  const used = data.flatMap((
    trace,
  ) => [axisOf(trace, "x"), axisOf(trace, "y")]);
  const named = Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key));
  const names = new Set([...used, ...named, "xaxis", "yaxis"]);
  return new Map(
    [...names].map((name) => {
      const letter = name[0] as "x" | "y";
      const values = data.filter((trace) => axisOf(trace, letter) === name)
        .flatMap((trace) => list(trace[letter]));
      return [name, axisScale(object(layout[name]), values)];
    }),
  );
}

/** Everything on the axes, from below to above. */
function drawing(
  { layout }: Figure,
  drawn: readonly DrawnTrace[],
  ground: { axes: ReadonlyMap<string, Axis>; frame: Frame },
  type: Type,
): string[] {
  const { axes, frame } = ground;
  const shown = axes.entries()
    .map(([name, axis]) => ({ axis, box: boxOf(name, axis, axes) }))
    .toArray();
  const background = text(layout.plot_bgcolor, "#ffffff");
  return [
    ...shown.filter(({ axis }) => axis.letter === "x").map(({ box }) =>
      element("rect", {
        x: box.left,
        y: box.top,
        width: box.right - box.left,
        height: box.bottom - box.top,
        fill: background,
      })
    ),
    ...shown.map(({ axis, box }) => gridLines(axis, box)),
    drawShapes(layout, ground, "below"),
    ...drawn.map(({ marks, xAxis, yAxis, isClipped }) => {
      const [x, y] = [axes.get(xAxis)!, axes.get(yAxis)!];
      const painted = marks.map((mark) => paint(mark, { x, y, ...type }));
      const [left, right] = x.pixels;
      const [bottom, top] = y.pixels;
      return isClipped
        ? clipped(painted.join(""), { left, right, top, bottom })
        : painted.join("");
    }),
    ...shown.map(({ axis, box }) => drawAxis(axis, box, type)),
    drawShapes(layout, ground, "above"),
    drawAnnotations(layout, { axes, frame }, type),
  ];
}

/** The pixels of an axis together with the one that it stands at. */
function boxOf(
  name: string,
  { letter, settings, pixels }: Axis,
  axes: ReadonlyMap<string, Axis>,
): Frame {
  const other = letter === "x" ? "y" : "x";
  const anchor = text(settings.anchor, other);
  const counterpart = axes.get(anchor.replace(/^([xy])/, "$1axis")) ??
    axes.get(name.replace(/^./, other)) ?? axes.get(`${other}axis`)!;
  const [x, y] = letter === "x"
    ? [pixels, counterpart.pixels]
    : [counterpart.pixels, pixels];
  return { left: x[0], right: x[1], top: y[1], bottom: y[0] };
}

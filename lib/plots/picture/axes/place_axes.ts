import type { Figure, PlotlyObject } from "../../figures/figure.ts";
import { type Axis, axisRange, type AxisScale, placedAxis } from "./axis.ts";
import type { Extent } from "./axis.ts";
import type { Drawn, Mark, Place } from "../../encode/marks.ts";
import { list, object, text } from "../../figures/read.ts";

/** The pixels of the drawing, inside the margins. */
export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Finds the range and the pixels of each axis. */
export function placeAxes(
  { layout }: Figure,
  scales: ReadonlyMap<string, AxisScale>,
  drawn: readonly Drawn[],
  frame: Frame,
): Map<string, Axis> {
  const axes = new Map<string, Axis>();
  for (const [name, scale] of scales) {
    const settings = (layout[name] ?? {}) as PlotlyObject;
    const letter = name[0] as "x" | "y";
    const extents = drawn
      .filter(({ xAxis, yAxis }) => xAxis === name || yAxis === name)
      .flatMap(({ marks }) => marks.flatMap((mark) => extentOf(mark, letter)))
      .concat(extentOfNotes(layout, name, scale));
    const range = axisRange(settings, scale, extents);
    axes.set(
      name,
      placedAxis(letter, settings, scale, range, pixelsOf(name, layout, frame)),
    );
  }
  for (const [name, axis] of axes) {
    const anchor = axes.get(axisName(axis.settings.scaleanchor));
    if (!anchor) continue;
    const [own, other] = equalized(axis, anchor);
    axes.set(name, own);
    axes.set(axisName(axis.settings.scaleanchor), other);
  }
  return axes;
}

/** `xaxis2` for x2; empty for what is no axis. */
export function axisName(short: unknown): string {
  return text(short, "").replace(/^([xy])(\d*)$/, "$1axis$2");
}

function pixelsOf(
  name: string,
  layout: PlotlyObject,
  { left, right, top, bottom }: Frame,
): [number, number] {
  const settings = (layout[name] ?? {}) as PlotlyObject;
  // An axis that lies over another has its domain.
  const over = axisName(settings.overlaying);
  const domain = settings.domain ?? (layout[over] as PlotlyObject)?.domain;
  const [from = 0, to = 1] = list(domain).map(Number);
  return name[0] === "x"
    ? [left + from * (right - left), left + to * (right - left)]
    : [bottom - from * (bottom - top), bottom - to * (bottom - top)];
}

/** Gives two axes as many pixels for each unit: less place for one, or more units. */
function equalized(axis: Axis, anchor: Axis): [Axis, Axis] {
  const perUnit = ({ pixels, range }: Axis) =>
    Math.abs((pixels[1] - pixels[0]) / (range[1] - range[0]));
  const least = Math.min(perUnit(axis), perUnit(anchor));
  const fit = (one: Axis): Axis => {
    const factor = perUnit(one) / least;
    if (factor > 1e6) return one; // Nothing would be seen of it.
    return one.settings.constrain === "domain"
      ? replaced(one, one.range, around(one.pixels, 1 / factor))
      : replaced(one, around(one.range, factor), one.pixels);
  };
  return [fit(axis), fit(anchor)];
}

function replaced(
  { letter, settings, type, categories, unit }: Axis,
  range: [number, number],
  pixels: [number, number],
): Axis {
  return placedAxis(
    letter,
    settings,
    { type, categories, unit },
    range,
    pixels,
  );
}

function around(
  [from, to]: [number, number],
  factor: number,
): [number, number] {
  const middle = (from + to) / 2;
  const half = (to - from) / 2 * factor;
  return [middle - half, middle + half];
}

function extentOf(mark: Mark, letter: "x" | "y"): Extent[] {
  switch (mark.kind) {
    case "area": {
      const [a, b] = mark[letter];
      const isBar = mark.grows === letter;
      const [from, to] = a < b ? [a, b] : [b, a];
      // No room on the side on which a bar stands.
      return [{ from, to, room: { from: isBar && b < a, to: isBar && a < b } }];
    }
    case "picture":
      return [{
        from: Math.min(...mark[letter]),
        to: Math.max(...mark[letter]),
        room: { from: false, to: false },
      }];
    default: {
      const room = mark.kind !== "line" || letter === "y";
      return extentOfPlaces(mark.places, letter, room);
    }
  }
}

/** Shapes and annotations of a layout are to be seen too. */
function extentOfNotes(
  layout: PlotlyObject,
  name: string,
  { unit, type }: AxisScale,
): Extent[] {
  const letter = name[0]!;
  const isHere = (note: PlotlyObject) =>
    axisName(note[`${letter}ref`] ?? letter) === name;
  const shapes = list(layout.shapes).map(object).filter(isHere)
    .flatMap((shape) => [shape[`${letter}0`], shape[`${letter}1`]].map(unit));
  const annotations = list(layout.annotations).map(object).filter(isHere)
    // On a logarithmic axis it names the exponent.
    .map((note) => type === "log" ? Number(note[letter]) : unit(note[letter]));
  const extent = (room: boolean) => (at: number) => ({
    from: at,
    to: at,
    room: { from: room, to: room },
  });
  return [
    ...shapes.filter(Number.isFinite).map(extent(false)),
    ...annotations.filter(Number.isFinite).map(extent(letter === "y")),
  ];
}

function extentOfPlaces(
  places: readonly (Place | undefined)[],
  letter: "x" | "y",
  room: boolean,
): Extent[] {
  let from = Infinity;
  let to = -Infinity;
  for (const place of places) {
    if (!place) continue;
    const unit = place[letter === "x" ? 0 : 1];
    from = Math.min(from, unit);
    to = Math.max(to, unit);
  }
  return from <= to ? [{ from, to, room: { from: room, to: room } }] : [];
}

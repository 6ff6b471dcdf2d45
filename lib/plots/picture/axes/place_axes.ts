import type { Figure, PlotlyObject } from "../../figures/figure.ts";
import { type Axis, axisRange, type AxisScale, placedAxis } from "./axis.ts";
import type { DrawnTrace } from "../../encode/marks.ts";
import { list } from "../../figures/read.ts";
import { axisName, extentOf, extentOfNotes } from "./extents.ts";

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
  drawn: readonly DrawnTrace[],
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
    const pixels = pixelsOf(name, layout, frame);
    axes.set(name, placedAxis({ ...scale, letter, settings }, range, pixels));
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
      ? placedAxis(one, one.range, around(one.pixels, 1 / factor))
      : placedAxis(one, around(one.range, factor), one.pixels);
  };
  return [fit(axis), fit(anchor)];
}

function around(
  [from, to]: [number, number],
  factor: number,
): [number, number] {
  const middle = (from + to) / 2;
  const half = (to - from) / 2 * factor;
  return [middle - half, middle + half];
}

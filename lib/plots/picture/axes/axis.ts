import type { PlotlyObject } from "../../figures/figure.ts";
import { list, number } from "../../figures/read.ts";

/** How the values of an axis become numbers. */
export interface AxisScale {
  type: "linear" | "log" | "category";
  /** The names of a category axis, in order. */
  categories: string[];
  /** A value in the axis's units: a logarithm, a category's number; NaN for none. */
  unit(value: unknown): number;
}

/** An axis with its place in the picture. */
export interface Axis extends AxisScale {
  letter: "x" | "y";
  settings: PlotlyObject;
  /** The units at the start (left, bottom) and at the end. */
  range: [number, number];
  /** Where those are, in pixels. */
  pixels: [number, number];
  /** Where a number of units is, in pixels. */
  at(unit: number): number;
}

/**
 * Decides how an axis counts: as it says, or by names if it is given texts that
 * are no numbers.
 *
 * @param values What the traces put onto it.
 */
export function axisScale(
  settings: PlotlyObject,
  values: readonly unknown[],
): AxisScale {
  const type = settings.type === "log" || settings.type === "category"
    ? settings.type
    : settings.type === undefined && values.some(isName)
    ? "category"
    : "linear";
  if (type !== "category") {
    const unit = (value: unknown) => {
      const plain = value === null || value === "" ? NaN : Number(value);
      const counted = type === "log" ? Math.log10(plain) : plain;
      return Math.abs(counted) < largest ? counted : NaN;
    };
    return { type, categories: [], unit };
  }
  const there = values.filter((value) => value !== null && value !== undefined);
  const named = [...list(settings.categoryarray), ...there].map(String);
  const categories = [...new Set(named)];
  const numbers = new Map(categories.map((name, i) => [name, i]));
  return {
    type,
    categories,
    // Shapes and annotations may name a place between two categories.
    unit: (value) =>
      numbers.get(String(value)) ??
        (typeof value === "number" && Math.abs(value) < largest ? value : NaN),
  };
}

/** Far beyond what is measured; products of a few such numbers are numbers still. */
const largest = 1e100;

const isName = (value: unknown) =>
  typeof value === "string" && value !== "" && Number.isNaN(Number(value));

/** An axis of a range, from one pixel to another. */
export function placedAxis(
  axis: AxisScale & Pick<Axis, "letter" | "settings">,
  range: [number, number],
  pixels: [number, number],
): Axis {
  const [from, to] = range;
  const [start, end] = pixels;
  const at = (unit: number) =>
    start + (unit - from) / (to - from || 1) * (end - start);
  return { ...axis, range, pixels, at };
}

/**
 * The units that an axis shows: those it names, or all of what is drawn with
 * some room around it.
 *
 * @param extents Of each mark: from, to, and whether it wants room on each side.
 */
export function axisRange(
  settings: PlotlyObject,
  { type, categories }: AxisScale,
  extents: readonly Extent[],
): [number, number] {
  const [from, to] = list(settings.range);
  if (typeof from === "number" && typeof to === "number" && isRange(from, to)) {
    return [from, to];
  }
  let low = Infinity;
  let high = -Infinity;
  for (const extent of extents) {
    // No number has a larger logarithm than 309.
    if (type === "log" && Math.hypot(extent.from, extent.to) > 500) continue;
    low = Math.min(low, extent.from);
    high = Math.max(high, extent.to);
  }
  if (type === "category") {
    low = Math.min(low, -0.5);
    high = Math.max(high, categories.length - 0.5);
  }
  if (!(low <= high)) [low, high] = type === "log" ? [0, 1] : [-1, 1];
  if (settings.rangemode === "tozero" && type === "linear") {
    [low, high] = [Math.min(low, 0), Math.max(high, 0)];
  }
  if (!isRange(low, high)) {
    const around = Math.max(1, 1e-6 * Math.abs(low));
    [low, high] = [low - around, high + around];
  }
  const room = (high - low) * 0.06;
  const wanted = (end: "from" | "to", value: number) =>
    extents.some((extent) => extent[end] === value && extent.room[end]);
  const shown: [number, number] = [
    wanted("from", low) ? low - room : low,
    wanted("to", high) ? high + room : high,
  ];
  if (type === "linear") {
    shown[0] = Math.max(shown[0], number(settings.minallowed, -Infinity));
    shown[1] = Math.min(shown[1], number(settings.maxallowed, Infinity));
  }
  if (!isRange(...shown)) return [-1, 1];
  return settings.autorange === "reversed" ? [shown[1], shown[0]] : shown;
}

/** Whether there are numbers between two. */
function isRange(a: number, b: number): boolean {
  const size = Math.max(Math.abs(a), Math.abs(b));
  return size < largest &&
    Math.abs(a - b) > Math.max(1e-12 * size, 1 / largest);
}

/** From where to where a mark reaches, and where it wants room. */
export interface Extent {
  from: number;
  to: number;
  room: { from: boolean; to: boolean };
}

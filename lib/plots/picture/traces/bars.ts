import type { PlotlyObject } from "../../figures/figure.ts";
import type { AxisScale } from "../axes/axis.ts";
import type { AreaMark } from "../../encode/marks.ts";
import { formatNumber } from "../axes/number_format.ts";
import { each, list, number, object, text } from "../../figures/read.ts";

/** A bar trace, and the axis that its bars stand on. */
export interface BarTrace {
  trace: PlotlyObject;
  color: string;
  along: AxisScale;
}

/** Bars before they are placed side by side or on each other. */
interface Bars extends BarTrace {
  /** The axis that the bars grow along. */
  grows: "x" | "y";
  places: number[];
  sizes: number[];
  /** Between neighbouring places. */
  step: number;
}

/**
 * Places the bars of all traces on one pair of axes: on each other, over each
 * other, or side by side, as the layout's `barmode` says.
 */
export function barMarks(
  traces: readonly BarTrace[],
  layout: PlotlyObject,
): AreaMark[][] {
  const all = traces.map(readBars);
  const mode = text(layout.barmode, "group");
  const wide = 1 - number(layout.bargap, 0.2);
  const ends = new Map<string, number>();
  return all.map((bars, index) => {
    const { trace, places, sizes, step, grows } = bars;
    const count = mode === "group" ? all.length : 1;
    const width = number(trace.width, step * wide / count);
    const offset = mode === "group" ? (index - (count - 1) / 2) * width : 0;
    return places.map((place, i): AreaMark => {
      const size = sizes[i]!;
      const key = `${place} ${size < 0}`;
      const base = mode === "stack" || mode === "relative"
        ? ends.get(key) ?? 0
        : number(each(trace.base, i), 0);
      if (Number.isFinite(size)) ends.set(key, base + size);
      const middle = place + offset;
      const across = [middle - width / 2, middle + width / 2] as const;
      const length = [base, base + size] as const;
      return {
        kind: "area",
        x: grows === "x" ? length : across,
        y: grows === "x" ? across : length,
        color: text(each(object(trace.marker).color, i), bars.color),
        opacity: number(trace.opacity, 1),
        grows,
        text: barText(trace, i, size),
        textAt: trace.textposition === "outside" ? "outside" : "inside",
      };
    });
  });
}

/** The axis that the bars of a trace grow along; they stand on the other. */
export function growsAlong(trace: PlotlyObject): "x" | "y" {
  const isFlat = trace.type === "histogram"
    ? trace.y !== undefined && trace.x === undefined
    : trace.orientation === "h";
  return isFlat ? "x" : "y";
}

function readBars(bar: BarTrace): Bars {
  const { trace, along } = bar;
  if (trace.type === "histogram") return histogram(bar);
  const grows = growsAlong(trace);
  const [across, length] = grows === "x" ? ["y", "x"] : ["x", "y"];
  const sizes = list(trace[length!]).map((size) =>
    size === null ? NaN : Number(size)
  );
  const given = list(trace[across!]);
  const step = number(trace[`d${across}`], 1);
  const places = given.length > 0
    ? given.map((value) => along.unit(value))
    : sizes.map((_, i) => number(trace[`${across}0`], 0) + i * step);
  return { ...bar, grows, places, sizes, step: smallestStep(places) ?? step };
}

/** Counts the values of a histogram in bins of one width, about 20 unless it says. */
function histogram(bar: BarTrace): Bars {
  const { trace, along } = bar;
  const grows = growsAlong(trace);
  const values = list(grows === "y" ? trace.x : trace.y)
    .map((value) => along.unit(value)).filter(Number.isFinite);
  const bins = object(grows === "y" ? trace.xbins : trace.ybins);
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const step = number(bins.size, (high - low) / 20 || 1);
  // Half a step of the values away from them, so that none lies on an edge.
  const away = (smallestStep(values) ?? 0) / 2;
  const start = number(bins.start, Math.floor(low / step) * step - away);
  const count = Math.floor((high - start) / step) + 1;
  const isDrawable = values.length > 0 && step > 0 && count < 5000;
  const sizes = new Array<number>(isDrawable ? count : 0).fill(0);
  if (isDrawable) {
    for (const value of values) {
      const bin = Math.floor((value - start) / step);
      if (bin >= 0 && bin < count) sizes[bin]!++;
    }
  }
  const places = sizes.map((_, i) => start + (i + 0.5) * step);
  return { ...bar, grows, places, sizes, step };
}

function smallestStep(places: readonly number[]): number | undefined {
  const sorted = places.filter(Number.isFinite).toSorted((a, b) => a - b);
  const steps = sorted.slice(1).map((place, i) => place - sorted[i]!)
    .filter((step) => step > 0);
  return steps.length > 0
    ? steps.reduce((least, step) => Math.min(least, step))
    : undefined;
}

function barText(trace: PlotlyObject, i: number, size: number): string {
  const template = text(trace.texttemplate, "");
  const own = each(trace.text, i);
  return template
    ? template.replace(
      /%\{([xy]|text)(?::([^}]*))?\}/g,
      (_, name, format) =>
        name === "text" ? String(own ?? "") : formatNumber(size, format),
    )
    : String(own ?? "");
}

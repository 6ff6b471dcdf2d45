import type { PlotlyObject } from "../../figures/figure.ts";
import type { AxisScale } from "../axes/axis.ts";
import { colorScale } from "./color_scale.ts";
import type { AreaMark } from "../../encode/marks.ts";
import { formatNumber } from "../axes/number_format.ts";
import { list, number, text } from "../../figures/read.ts";

/** The cells of a heat map, each a rectangle; a missing value leaves a hole. */
export function heatmapMarks(
  trace: PlotlyObject,
  x: AxisScale,
  y: AxisScale,
): AreaMark[] {
  const rows = list(trace.z).map(list);
  const values = rows.flat().filter((value) => typeof value === "number");
  const extreme = (pick: (a: number, b: number) => number) =>
    values.length > 0 ? values.reduce((a, b) => pick(a, b)) : 0;
  const low = number(trace.zmin, extreme(Math.min));
  const high = number(trace.zmax, extreme(Math.max));
  const color = colorScale(trace.colorscale);
  const columns = Math.max(0, ...rows.map(({ length }) => length));
  const xs = edges(
    list(trace.x).map((value) => x.unit(value)),
    columns,
    trace,
    "x",
  );
  const ys = edges(
    list(trace.y).map((value) => y.unit(value)),
    rows.length,
    trace,
    "y",
  );
  const texts = list(trace.text).map(list);
  const template = text(trace.texttemplate, "");
  return rows.flatMap((row, i) =>
    row.flatMap((value, j): AreaMark[] => {
      if (typeof value !== "number" || !Number.isFinite(value)) return [];
      return [{
        kind: "area",
        x: xs[j]!,
        y: ys[i]!,
        color: color((value - low) / (high - low || 1)),
        opacity: number(trace.opacity, 1),
        gap: [number(trace.xgap, 0), number(trace.ygap, 0)],
        text: template.replace(
          /%\{(z|text)(?::([^}]*))?\}/g,
          (_, name, format) =>
            name === "z"
              ? formatNumber(value, format)
              : String(texts[i]?.[j] ?? ""),
        ),
        textAt: "inside",
      }];
    })
  );
}

/** From where to where each cell is; their centres may be given. */
function edges(
  centres: readonly number[],
  count: number,
  trace: PlotlyObject,
  letter: "x" | "y",
): [number, number][] {
  const step = number(trace[`d${letter}`], 1);
  const at = (i: number) =>
    centres[i] ?? number(trace[`${letter}0`], 0) + i * step;
  const between = (i: number) => (at(i) + at(i + 1)) / 2;
  return Array.from({ length: count }, (_, i) => {
    const half = count > 1
      ? Math.abs(at(Math.min(i + 1, count - 1)) - at(Math.min(i, count - 2))) /
        2
      : step / 2;
    const from = i > 0 ? between(i - 1) : at(i) - half;
    const to = i < count - 1 ? between(i) : at(i) + half;
    return [from, to];
  });
}

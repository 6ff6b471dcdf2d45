import type { Figure, PlotlyObject } from "../../figures/figure.ts";
import { palette } from "../../figures/style.ts";
import type { AxisScale } from "../axes/axis.ts";
import { barMarks, growsAlong } from "./bars.ts";
import { heatmapMarks } from "./heatmap.ts";
import type { Drawn, Mark, Place } from "../../encode/marks.ts";
import { list, number, object, text } from "../../figures/read.ts";
import { scatterMarks } from "./scatter.ts";

/** The kinds of traces that a picture shows. */
export const pictured = [
  "scatter",
  "scattergl",
  "bar",
  "histogram",
  "heatmap",
  "image",
];

/** The name of a trace's axis in the layout: `xaxis`, `yaxis2` … */
export function axisOf(trace: PlotlyObject, letter: "x" | "y"): string {
  const name = text(trace[`${letter}axis`], letter);
  return `${letter}axis${name.slice(1)}`;
}

/**
 * Puts the traces of a figure into marks, in the units of their axes.
 *
 * @param scales By the axes' names in the layout.
 */
export function drawTraces(
  { data, layout }: Figure,
  scales: ReadonlyMap<string, AxisScale>,
): Drawn[] {
  const way = list(layout.colorway).map(String);
  const colors = way.length > 0 ? way : palette;
  const font = object(layout.font);
  const scale = (trace: PlotlyObject, letter: "x" | "y") =>
    scales.get(axisOf(trace, letter))!;
  const color = (i: number) => colors[i % colors.length]!;
  const bars = new Map<PlotlyObject, Mark[]>();
  for (const [, group] of Map.groupBy(barsOf(data), axesOf)) {
    const marks = barMarks(
      group.map((trace) => ({
        trace,
        color: color(data.indexOf(trace)),
        along: scale(trace, growsAlong(trace) === "x" ? "y" : "x"),
      })),
      layout,
    );
    group.forEach((trace, i) => bars.set(trace, marks[i]!));
  }
  const stacks = new Map<string, Map<number, number>>();
  return data.filter((trace) =>
    trace.visible === undefined || trace.visible === true
  )
    .map((trace) => {
      const own = color(data.indexOf(trace));
      const [x, y] = [scale(trace, "x"), scale(trace, "y")];
      const scatter = () => {
        const places = placesOf(trace, x, y);
        const line = text(object(trace.line).color, own);
        if (typeof trace.stackgroup === "string") {
          const ends = stacks.get(trace.stackgroup) ?? new Map();
          stacks.set(trace.stackgroup, ends);
          return [stackedArea(places, ends, line)];
        }
        return scatterMarks({
          trace,
          places,
          color: text(
            object(trace.line).color,
            text(object(trace.marker).color, own),
          ),
          ink: text(font.color, "#444444"),
          fontSize: number(font.size, 12),
        });
      };
      const marks = bars.get(trace) ??
        (trace.type === "heatmap"
          ? heatmapMarks(trace, x, y)
          : trace.type === "image"
          ? [imageMark(trace)]
          : scatter());
      const hasLegend = trace.type !== "heatmap" && trace.type !== "image";
      return {
        xAxis: axisOf(trace, "x"),
        yAxis: axisOf(trace, "y"),
        name: text(trace.name, ""),
        color: legendColor(trace, own),
        inLegend: hasLegend && trace.showlegend !== false &&
          text(trace.name, "") !== "",
        isClipped: trace.cliponaxis !== false,
        marks: marks.filter(isPlaced),
      };
    });
}

/** Whether a rectangle lies between numbers; those of a value that is none do not. */
function isPlaced(mark: Mark): boolean {
  return mark.kind !== "area" && mark.kind !== "picture" ||
    [...mark.x, ...mark.y].every(Number.isFinite);
}

function barsOf(data: readonly PlotlyObject[]): PlotlyObject[] {
  return data.filter(({ type }) => type === "bar" || type === "histogram");
}

const axesOf = (trace: PlotlyObject) => axisOf(trace, "x") + axisOf(trace, "y");

function legendColor(trace: PlotlyObject, own: string): string {
  const first = (color: unknown) => text(list(color)[0] ?? color, "");
  return first(object(trace.line).color) || first(object(trace.marker).color) ||
    own;
}

function placesOf(
  trace: PlotlyObject,
  x: AxisScale,
  y: AxisScale,
): (Place | undefined)[] {
  const xs = list(trace.x);
  const ys = list(trace.y);
  const length = Math.max(xs.length, ys.length);
  const at = (values: unknown[], scale: AxisScale, i: number) =>
    values.length > 0 ? scale.unit(values[i]) : i;
  return Array.from({ length }, (_, i) => {
    const place = [at(xs, x, i), at(ys, y, i)] as const;
    return Number.isFinite(place[0] + place[1]) ? place : undefined;
  });
}

/** The band between what is stacked so far and that with these places on top. */
function stackedArea(
  places: readonly (Place | undefined)[],
  ends: Map<number, number>,
  color: string,
): Mark {
  const there = places.filter((place) => place !== undefined);
  const lower = there.map(([x]): Place => [x, ends.get(x) ?? 0]);
  const upper = there.map(([x, y], i): Place => [x, lower[i]![1] + y]);
  for (const [x, y] of upper) ends.set(x, y);
  return {
    kind: "line",
    places: [...upper, ...lower.toReversed()],
    color,
    width: 1,
    opacity: 1,
    fill: color,
  };
}

/** A picture in pixels of its own, whose number stands in the PNG file's head. */
function imageMark(trace: PlotlyObject): Mark {
  const source = text(trace.source, "");
  const head = /^data:image\/png;base64,([\w+/]{32})/.exec(source)?.[1] ?? "";
  const bytes = new DataView(
    Uint8Array.fromBase64(head.padEnd(32, "A")).buffer,
  );
  const x = number(trace.x0, 0) - 0.5;
  const y = number(trace.y0, 0) - 0.5;
  return {
    kind: "picture",
    x: [x, x + bytes.getUint32(16) * number(trace.dx, 1)],
    y: [y, y + bytes.getUint32(20) * number(trace.dy, 1)],
    source,
  };
}

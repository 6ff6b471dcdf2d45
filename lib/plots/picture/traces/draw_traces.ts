import type { Figure, PlotlyObject } from "../../figures/figure.ts";
import { palette } from "../../figures/style.ts";
import type { AxisScale } from "../axes/axis.ts";
import { barMarks, growsAlong } from "./bars.ts";
import { heatmapMarks } from "./heatmap.ts";
import { imageMark } from "./image.ts";
import { placesOf, stackedArea } from "./places.ts";
import type { DrawnTrace, Mark } from "../../encode/marks.ts";
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
): DrawnTrace[] {
  const way = list(layout.colorway).map(String);
  const colors = way.length > 0 ? way : palette;
  const drawing: Drawing = {
    layout,
    colorOf: (trace) => colors[data.indexOf(trace) % colors.length]!,
    scaleOf: (trace, letter) => scales.get(axisOf(trace, letter))!,
    stacks: new Map(),
  };
  const bars = barsOf(data, drawing);
  return data
    .filter(({ visible }) => visible === undefined || visible === true)
    .map((trace) => {
      const marks = bars.get(trace) ?? marksOf(trace, drawing);
      const name = text(trace.name, "");
      return {
        xAxis: axisOf(trace, "x"),
        yAxis: axisOf(trace, "y"),
        name,
        color: legendColor(trace, drawing.colorOf(trace)),
        inLegend: trace.type !== "heatmap" && trace.type !== "image" &&
          trace.showlegend !== false && name !== "",
        isClipped: trace.cliponaxis !== false,
        marks: marks.filter(isPlaced),
      };
    });
}

/** What the traces of one figure share. */
interface Drawing {
  layout: PlotlyObject;
  /** The color that a trace has by its place among the others. */
  colorOf: (trace: PlotlyObject) => string;
  scaleOf: (trace: PlotlyObject, letter: "x" | "y") => AxisScale;
  /** By the name of a stack, how high it is by now at each x. */
  stacks: Map<string, Map<number, number>>;
}

/** The marks of all bar traces: those on the same axes make room for each other. */
function barsOf(
  data: readonly PlotlyObject[],
  { layout, colorOf, scaleOf }: Drawing,
): Map<PlotlyObject, Mark[]> {
  const bars = new Map<PlotlyObject, Mark[]>();
  const traces = data.filter(({ type }) =>
    type === "bar" || type === "histogram"
  );
  for (const [, group] of Map.groupBy(traces, axesOf)) {
    const marks = barMarks(
      group.map((trace) => ({
        trace,
        color: colorOf(trace),
        along: scaleOf(trace, growsAlong(trace) === "x" ? "y" : "x"),
      })),
      layout,
    );
    group.forEach((trace, i) => bars.set(trace, marks[i]!));
  }
  return bars;
}

const axesOf = (trace: PlotlyObject) => axisOf(trace, "x") + axisOf(trace, "y");

/** The marks of a trace that is no bars. */
function marksOf(trace: PlotlyObject, drawing: Drawing): Mark[] {
  const [x, y] = [drawing.scaleOf(trace, "x"), drawing.scaleOf(trace, "y")];
  if (trace.type === "heatmap") return heatmapMarks(trace, x, y);
  if (trace.type === "image") return [imageMark(trace)];
  const places = placesOf(trace, x, y);
  const own = drawing.colorOf(trace);
  const color = text(object(trace.line).color, "");
  if (typeof trace.stackgroup === "string") {
    const ends = drawing.stacks.get(trace.stackgroup) ?? new Map();
    drawing.stacks.set(trace.stackgroup, ends);
    return [stackedArea(places, ends, color || own)];
  }
  const font = object(drawing.layout.font);
  return scatterMarks({
    trace,
    places,
    color: color || text(object(trace.marker).color, own),
    ink: text(font.color, "#444444"),
    fontSize: number(font.size, 12),
  });
}

/** Whether a rectangle lies between numbers; those of a value that is none do not. */
function isPlaced(mark: Mark): boolean {
  return mark.kind !== "area" && mark.kind !== "picture" ||
    [...mark.x, ...mark.y].every(Number.isFinite);
}

function legendColor(trace: PlotlyObject, own: string): string {
  const first = (color: unknown) => text(list(color)[0] ?? color, "");
  return first(object(trace.line).color) || first(object(trace.marker).color) ||
    own;
}

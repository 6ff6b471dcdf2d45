import { checkValue } from "../../numeric/domain.ts";
import { checkList, checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import type { PlotlyObject } from "../figures/figure.ts";
import { round } from "../figures/numbers.ts";
import { colors } from "../figures/style.ts";

/** What is being done, the opening of errors' messages. */
export const ACTION = "draw a plane";

/** A place in the plane: two numbers. */
export type PlanePoint = readonly number[];

/** Points of one look, a line through them, or texts at them. */
export interface PlaneGroup {
  /** What the legend calls it; the legend leaves out what has an empty name. */
  name: string;
  /** `[n][2]`; null breaks a line. */
  points: readonly (PlanePoint | null)[];
  /** "points", "line" through them, or nothing but "texts"; "points" by default. */
  draw?: "points" | "line" | "texts";
  /** A text for each point; none by default. */
  texts?: readonly string[];
  /** Where texts stand, as Plotly says it; "top center" by default. */
  textsAt?: string;
  /** Plotly's choice by default. */
  color?: string;
  /** As Plotly calls it, for points; "circle" by default. */
  symbol?: string;
  /** As Plotly calls it, for a line; "solid" by default. */
  dash?: string;
}

/** An arrow from one place to another. */
export interface PlaneArrow {
  from: PlanePoint;
  to: PlanePoint;
  /** The color of text by default. */
  color?: string;
}

const MODES = { points: "markers", line: "lines", texts: "text" };

/** The trace of a group. */
export function traceOf(group: PlaneGroup): PlotlyObject {
  const { name, points, draw = "points", texts, ...look } = optionsOf(
    ACTION,
    group,
  );
  const { color, symbol = "circle", dash = "solid" } = look;
  checkValue(ACTION, "draw", draw, {
    type: "choice",
    of: ["points", "line", "texts"],
  });
  checkSome(ACTION, "points", points);
  if (texts && texts.length !== points.length) {
    refuse(ACTION, `${points.length} texts`, `${texts.length}`);
  }
  const places = points.map((point) => point === null ? null : placeOf(point));
  const colored = color === undefined ? {} : { color };
  return {
    type: "scatter",
    mode: [MODES[draw], ...(texts && draw !== "texts" ? ["text"] : [])]
      .join("+"),
    name,
    ...(name === "" && { showlegend: false }),
    x: places.map((place) => place && place[0]),
    y: places.map((place) => place && place[1]),
    ...(texts && {
      text: texts,
      textposition: look.textsAt ?? "top center",
    }),
    ...(draw === "line"
      ? { line: { width: 2, dash, ...colored } }
      : { marker: { size: 12, symbol, opacity: 0.85, ...colored } }),
  };
}

/** The annotation of an arrow. */
export function arrowOf(arrow: PlaneArrow): PlotlyObject {
  const { from, to, color = colors.ink } = optionsOf(ACTION, arrow);
  const [[ax, ay], [x, y]] = [placeOf(from), placeOf(to)];
  return {
    text: "",
    x,
    y,
    ax,
    ay,
    xref: "x",
    yref: "y",
    axref: "x",
    ayref: "y",
    arrowhead: 3,
    arrowwidth: 2.5,
    arrowcolor: color,
  };
}

/** A point's coordinates, as many digits as anybody sees. */
function placeOf(point: PlanePoint): [number, number] {
  checkList(ACTION, "numbers of a place", point, { type: "number" }, 2);
  return [round(point[0]!, 5), round(point[1]!, 5)];
}

import { checkValue } from "../../numeric/domain.ts";
import { axisFormat } from "./axis_format.ts";
import type { PlotlyObject } from "./figure.ts";
import { object } from "./read.ts";

/**
 * Ten colors, one for each digit. Digits that look alike, 3 and 8, 3 and 5, 7 and
 * 9, 4 and 9, are far apart for people with any kind of color blindness, and every
 * color stands out on white; tests/plots/figures/style_test.ts measures both.
 */
export const palette: readonly string[] = [
  "#2f76fc",
  "#e18e0c",
  "#b60002",
  "#772341",
  "#690e98",
  "#23b680",
  "#6e528a",
  "#3842d0",
  "#c784e5",
  "#e24a03",
];

/** Colors with a meaning. Blue and orange differ for every eye. */
export const colors = {
  ink: "#24292f",
  muted: "#6b7280",
  grid: "#e5e7eb",
  pale: "#c3c9d2",
  blue: "#2f7fc1",
  orange: "#d9580d",
} as const;

/** The options that every figure takes. */
export interface FigureOptions {
  /** The line above the figure; none by default. */
  title?: string;
  /** In pixels, from 10 to 1,000,000; 640 by default. */
  width?: number;
  /** In pixels, likewise; 400 by default. */
  height?: number;
}

/** The options of figures whose axes can be named. */
export interface AxisTitles extends FigureOptions {
  /** What the horizontal axis shows. */
  xTitle?: string;
  /** What the vertical axis shows. */
  yTitle?: string;
}

/** Plotly draws nothing smaller, and no screen more. */
const side = { type: "number", min: 10, max: 1e6 } as const;

/**
 * The layout that all figures share: white, quiet, 640 × 400 pixels.
 *
 * @param rest What this figure adds or replaces.
 * @throws {RangeError} If width or height is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const layout = styledLayout({ title: "Loss" }, { showlegend: false });
 * assert.equal(layout.width, 640);
 * assert.equal(layout.showlegend, false);
 * ```
 */
export function styledLayout(
  { title = "", width = 640, height = 400 }: FigureOptions,
  rest: PlotlyObject = {},
): PlotlyObject {
  checkValue("draw a figure", "width", width, side);
  checkValue("draw a figure", "height", height, side);
  return {
    width,
    height,
    margin: { l: 64, r: 24, t: roomAbove(title, rest), b: 52 },
    paper_bgcolor: "white",
    plot_bgcolor: "white",
    colorway: palette,
    font: {
      family: "Helvetica, Arial, sans-serif",
      size: 13,
      color: colors.ink,
    },
    ...(title && {
      title: {
        text: title,
        font: { size: 16 },
        x: 0,
        xanchor: "left",
        y: 1,
        yanchor: "top",
        pad: { l: 16, t: 14 },
      },
    }),
    ...rest,
  };
}

/** For the title, and below it for a legend of two rows, which never meet. */
function roomAbove(title: string, { legend, showlegend }: PlotlyObject) {
  if (!title) return 20;
  const isRow = object(legend).orientation === "h" && showlegend !== false;
  return isRow ? 80 : 52;
}

/**
 * An axis with a title, light grid lines and ticks outside. Its `tickformat` has
 * as many digits as the ticks need; the one that is given is for the values under
 * the pointer.
 */
export function styledAxis(
  title: string,
  { tickformat, ...rest }: PlotlyObject = {},
): PlotlyObject {
  return {
    title: { text: title, standoff: 8 },
    gridcolor: colors.grid,
    zeroline: false,
    linecolor: colors.muted,
    ticks: "outside",
    tickcolor: colors.muted,
    automargin: true,
    ...(typeof tickformat === "string" && {
      tickformat: axisFormat(tickformat),
      hoverformat: tickformat === ".0%" ? ".2~%" : tickformat,
    }),
    ...rest,
  };
}

/** A legend in a row above the drawing, at its right end. */
export const legendAbove: PlotlyObject = {
  orientation: "h",
  x: 1,
  xanchor: "right",
  y: 1.02,
  yanchor: "bottom",
};

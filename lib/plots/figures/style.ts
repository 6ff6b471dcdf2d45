import { checkValue } from "../../numeric/domain.ts";
import type { PlotlyObject } from "./figure.ts";

/**
 * Ten colors, one for each digit, which people with any kind of color
 * blindness can tell apart: Petroff's cycle (arXiv 2107.02270).
 */
export const palette: readonly string[] = [
  "#3f90da",
  "#ffa90e",
  "#bd1f01",
  "#94a4a2",
  "#832db6",
  "#a96b59",
  "#e76300",
  "#b9ac70",
  "#717581",
  "#92dadb",
];

/** Colors with a meaning. Blue and orange differ for every eye. */
export const colors = {
  ink: "#24292f",
  muted: "#6b7280",
  grid: "#e5e7eb",
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
    margin: { l: 64, r: 24, t: title ? 52 : 20, b: 52 },
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

/** An axis with a title, light grid lines and ticks outside. */
export function styledAxis(
  title: string,
  rest: PlotlyObject = {},
): PlotlyObject {
  return {
    title: { text: title, standoff: 8 },
    gridcolor: colors.grid,
    zeroline: false,
    linecolor: colors.muted,
    ticks: "outside",
    tickcolor: colors.muted,
    automargin: true,
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

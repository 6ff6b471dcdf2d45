import { checkValue, checkWhole } from "../../numeric/domain.ts";
import { checkList, checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Figure, PlotlyObject } from "./figure.ts";
import { median, notNegative, plotted, round } from "./numbers.ts";
import {
  colors,
  type FigureOptions,
  legendAbove,
  styledAxis,
  styledLayout,
} from "./style.ts";

const action = "draw a histogram";
/** Far more than the figure has pixels. */
const MOST_BINS = 10_000;

/** How distances are counted, and the margin to compare them with. */
export interface DistanceHistogramOptions extends FigureOptions {
  /** The triplet margin, drawn as a band; none by default. */
  margin?: number;
  /** Into how many bins the distances are counted, at most 10,000; 60 by default. */
  bins?: number;
  /** What the distances are; "squared distance" by default. */
  xTitle?: string;
}

/**
 * Draws how the distances of positive pairs (one class) and negative pairs
 * (two classes) are spread, each as shares of its own kind: the less they
 * overlap, the better the embedding.
 *
 * The margin appears where the loss wants it: as a band that begins at the
 * median positive distance, beyond whose end negative pairs should lie.
 *
 * @param distances Such as `pairDistances` gives.
 * @throws {RangeError} If there is no pair of a kind, a distance is not finite
 * and at least 0, or an option is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const figure = distanceHistogram(
 *   { positive: [0, 0.1], negative: [1, 0.9, 0.95] },
 *   { bins: 2, margin: 0.2 },
 * );
 * assert.deepEqual(figure.data.map(({ y }) => y), [[1, 0], [0, 1]]);
 * ```
 */
export function distanceHistogram(
  distances: { positive: ArrayLike<number>; negative: ArrayLike<number> },
  options: DistanceHistogramOptions = {},
): Figure {
  const { margin, bins = 60, xTitle = "squared distance", ...rest } = optionsOf(
    action,
    options,
  );
  const { positive, negative } = optionsOf(action, distances);
  checkWhole(action, "bins", bins, 1, MOST_BINS);
  if (margin !== undefined) checkValue(action, "margin", margin, notNegative);
  const end = Math.max(
    largest("positive", positive),
    largest("negative", negative),
  ) || 1;
  const bars = (name: string, values: ArrayLike<number>, color: string) => ({
    type: "bar",
    name: `${name} pairs (${values.length.toLocaleString("en-US")})`,
    x0: round(end / bins / 2, 6),
    dx: round(end / bins, 6),
    y: plotted(shares(values, bins, end), 3),
    marker: { color, line: { width: 0 } },
    opacity: 0.6,
    hovertemplate: "%{y:.1%} near %{x:.3f}",
  });
  return {
    data: [
      bars("positive", positive, colors.blue),
      bars("negative", negative, colors.orange),
    ],
    layout: styledLayout(rest, {
      barmode: "overlay",
      bargap: 0,
      xaxis: styledAxis(xTitle, { range: [0, round(end)] }),
      yaxis: styledAxis("share of pairs", { tickformat: ".0%" }),
      legend: legendAbove,
      ...(margin !== undefined && marginBand(median(positive), margin)),
    }),
  };
}

function largest(name: string, values: ArrayLike<number>): number {
  checkSome(action, `${name} distances`, values);
  checkList(action, `${name} distances`, values, notNegative);
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i]!);
  return most;
}

/** The share of values in each of equally wide bins of [0, end]. */
function shares(
  values: ArrayLike<number>,
  bins: number,
  end: number,
): Float64Array {
  const counts = new Float64Array(bins);
  for (let i = 0; i < values.length; i++) {
    counts[Math.min(bins - 1, Math.floor(values[i]! / end * bins))]!++;
  }
  return counts.map((count) => count / values.length);
}

function marginBand(start: number, margin: number): PlotlyObject {
  return {
    shapes: [{
      type: "rect",
      yref: "paper",
      x0: round(start),
      x1: round(start + margin),
      y0: 0,
      y1: 1,
      fillcolor: colors.muted,
      opacity: 0.15,
      line: { width: 0 },
      layer: "below",
    }],
    annotations: [{
      text: `margin ${margin}`,
      // Beside its band, as the bars of positive pairs stand before it.
      x: round(start + margin),
      xanchor: "left",
      xshift: 4,
      yref: "paper",
      y: 1,
      yanchor: "top",
      showarrow: false,
      font: { color: colors.muted, size: 12 },
    }],
  };
}

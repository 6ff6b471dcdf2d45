import type { PlotlyObject } from "../figures/figure.ts";
import { round } from "../figures/numbers.ts";
import { palette } from "../figures/style.ts";

/** How many triplets are of which kind, as `countTriplets` gives it. */
export interface KindCounts {
  /** The negative is as near as the positive, or nearer. */
  hard: number;
  /** The negative is farther than the positive, by at most the margin. */
  semiHard: number;
  /** The negative is farther than that. */
  easy: number;
}

/** The kinds from the hardest on: the key of a count, what it is called, its color. */
export const kinds = [
  { key: "hard", name: "hard", color: palette[2]! },
  { key: "semiHard", name: "semi-hard", color: palette[1]! },
  { key: "easy", name: "easy", color: palette[0]! },
] as const;

/** Which kind a triplet is: a tie is hard, and the band's far end is semi-hard. */
export function kindOf(
  toPositive: number,
  toNegative: number,
  margin: number,
): typeof kinds[number] {
  if (toNegative <= toPositive) return kinds[0];
  return toNegative <= toPositive + margin ? kinds[1] : kinds[2];
}

/**
 * The bands of the three kinds along a horizontal axis, as rectangles.
 *
 * @param toPositive The distance of anchor and positive, where the second begins.
 * @param end Where the axis ends.
 * @param height From where to where they reach; over the whole drawing by default.
 */
export function kindBands(
  toPositive: number,
  margin: number,
  end: number,
  height?: readonly [from: number, to: number],
): PlotlyObject[] {
  const borders = [0, toPositive, toPositive + margin, end];
  const [y0, y1] = height ?? [0, 1];
  return kinds.map(({ color }, i) => ({
    type: "rect",
    x0: round(Math.min(borders[i]!, end)),
    x1: round(Math.min(borders[i + 1]!, end)),
    yref: height ? "y" : "paper",
    y0,
    y1,
    fillcolor: color,
    opacity: 0.14,
    line: { width: 0 },
    layer: "below",
  }));
}

/** The names of the three bands, above them; none lies over another. */
export function kindNames(
  toPositive: number,
  margin: number,
  end: number,
): PlotlyObject[] {
  // Room for the names at both ends.
  const middle = Math.max(toPositive + margin / 2, 0.13 * end);
  const places = [
    { x: 0, xanchor: "left" },
    { x: Math.min(middle, 0.87 * end), xanchor: "center" },
    { x: end, xanchor: "right" },
  ];
  return places.map(({ x, xanchor }, i) => ({
    text: `<b>${kinds[i]!.name}</b>`,
    x: round(x),
    xanchor,
    yref: "paper",
    y: 1,
    yanchor: "bottom",
    showarrow: false,
    font: { size: 12 },
  }));
}

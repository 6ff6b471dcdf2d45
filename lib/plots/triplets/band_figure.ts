import type { Figure } from "../figures/figure.ts";
import { round } from "../figures/numbers.ts";
import { colors, styledAxis, styledLayout } from "../figures/style.ts";
import { dots, point, ring } from "./marks.ts";
import { kindBands, kindNames, kindOf } from "./kinds.ts";
import {
  checkNeighbors,
  checkPositive,
  type NeighborOptions,
  type Neighbors,
} from "./neighbors.ts";

const action = "draw an anchor's neighbors";

/**
 * Draws what an anchor sees: each image at its distance, in the row of its class,
 * above the bands of hard, semi-hard and easy negatives of one positive.
 * Circles mark that positive and the nearest negative beyond it, which FaceNet's
 * miner takes.
 *
 * The first two traces, negatives and positives, have a place for each image of
 * the batch, null where it is none. So figures of several anchors of a batch can
 * be the frames of one.
 *
 * @throws {RangeError} If sizes differ, a distance is not finite and at least 0,
 * anchor and positive are not two images of one class, or an option is out of
 * range.
 *
 * @example An anchor, a positive at 0.5 and two negatives
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const figure = bandFigure({
 *   distances: [0, 0.5, 0.6, 0.3],
 *   labels: [4, 4, 9, 7],
 *   anchor: 0,
 *   positive: 1,
 * }, { margin: 0.2 });
 * const [negatives, positives, , , next] = figure.data;
 * assert.deepEqual(negatives?.x, [null, null, 0.6, 0.3]);
 * assert.deepEqual(positives?.x, [null, 0.5, null, null]);
 * assert.deepEqual(next?.x, [0.6]);
 * ```
 */
export function bandFigure(
  neighbors: Neighbors & { positive: number },
  options: NeighborOptions,
): Figure {
  const checked = checkNeighbors(action, neighbors, options);
  const { distances, labels, anchor, margin, end } = checked;
  const { positive } = neighbors;
  checkPositive(action, checked, positive);
  const {
    xTitle = "squared distance from the anchor",
    yTitle = "digit",
    ...rest
  } = checked.titles;
  const toPositive = distances[positive]!;
  const classes = Array.from(labels);
  const isPositive = (i: number) =>
    i !== anchor && classes[i] === classes[anchor];
  const isNegative = (i: number) => classes[i] !== classes[anchor];
  return {
    data: [
      {
        ...dots("negatives", checked, isNegative),
        marker: {
          color: classes.map((_, i) =>
            kindOf(toPositive, distances[i]!, margin).color
          ),
          size: 9,
          opacity: 0.85,
        },
        showlegend: false,
      },
      {
        ...dots("positives", checked, isPositive),
        marker: { color: colors.ink, size: 9 },
      },
      {
        ...point("the anchor", checked, anchor),
        marker: { color: colors.ink, size: 11, symbol: "diamond" },
      },
      ring("the positive", checked, positive, colors.ink),
      ring("the nearest beyond", checked, nextOf(checked, toPositive), ringed),
    ],
    layout: styledLayout({ height: 420, ...rest }, {
      margin: { l: 64, r: 24, t: rest.title ? 84 : 56, b: 52 },
      xaxis: styledAxis(xTitle, { range: [round(-0.03 * end), round(end)] }),
      yaxis: styledAxis(yTitle, { dtick: 1, range: rowRange(classes) }),
      shapes: kindBands(toPositive, margin, end),
      annotations: kindNames(toPositive, margin, end),
      showlegend: true,
      legend: { orientation: "h", x: 0, y: 1.07, yanchor: "bottom" },
      hovermode: "closest",
    }),
  };
}

/** Orange is semi-hard; this is darker, to be seen on it. */
const ringed = "#b35300";

/** Half a row above and below the classes. */
function rowRange(classes: number[]): [number, number] {
  const lowest = classes.reduce((a, b) => Math.min(a, b));
  const highest = classes.reduce((a, b) => Math.max(a, b));
  return [lowest - 0.6, highest + 0.6];
}

/** The nearest negative that is farther than the positive; of equal ones the first. */
function nextOf(
  { distances, labels, anchor }: Neighbors,
  toPositive: number,
): number | undefined {
  let next: number | undefined;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === labels[anchor] || distances[i]! <= toPositive) continue;
    if (next === undefined || distances[i]! < distances[next]!) next = i;
  }
  return next;
}

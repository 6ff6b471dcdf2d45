import { checkList, checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Figure, PlotlyObject } from "../figures/figure.ts";
import { plotted, round } from "../figures/numbers.ts";
import { colors, palette, styledAxis, styledLayout } from "../figures/style.ts";
import { kindBands } from "./kinds.ts";
import {
  checkNeighbors,
  checkPositive,
  type NeighborOptions,
  type Neighbors,
} from "./neighbors.ts";

const action = "draw the choices of miners";

/** Of no kind: what is taken may be of each. */
const takenColor = palette[4]!;

/** What a miner chooses for one anchor. */
export interface Choice {
  /** The positive; an image. */
  positive: number;
  /** The negatives that it takes with that positive; there may be none. */
  negatives: ArrayLike<number>;
}

/**
 * Draws what some miners choose for one anchor, a row for each: its positive as
 * a black diamond, the negatives that it takes in strong color, the others pale, above the
 * bands of the kinds for that positive.
 *
 * @param choices By the name of the miner, drawn from above to below.
 * @throws {RangeError} If there is no miner, sizes differ, a distance is not
 * finite and at least 0, an image is not one of the batch, a positive is not of
 * the anchor's class, or an option is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const neighbors = {
 *   distances: [0, 0.5, 0.6, 0.3],
 *   labels: [4, 4, 9, 7],
 *   anchor: 0,
 * };
 * const figure = choiceFigure(neighbors, {
 *   "semi-hard": { positive: 1, negatives: [2] },
 *   "batch-hard": { positive: 1, negatives: [3] },
 * }, { margin: 0.2 });
 * const [others, taken] = figure.data;
 * assert.deepEqual(others?.x, [0.3, 0.6]);
 * assert.deepEqual(taken?.x, [0.6, 0.3]);
 * ```
 */
export function choiceFigure(
  neighbors: Neighbors,
  choices: Readonly<Record<string, Choice>>,
  options: NeighborOptions,
): Figure {
  const checked = checkNeighbors(action, neighbors, options);
  const rows = Object.entries(optionsOf(action, choices));
  checkSome(action, "choices", rows);
  for (const [, choice] of rows) {
    const { positive, negatives } = optionsOf(action, choice);
    checkPositive(action, checked, positive);
    const image = { type: "integer", min: 0, below: checked.labels.length };
    checkList(action, "negatives", negatives, image as { type: "integer" });
  }
  const { distances, labels, anchor, margin, end } = checked;
  const {
    xTitle = "squared distance from the anchor",
    yTitle = "",
    ...rest
  } = checked.titles;
  const strangers = Array.from(labels, (_, i) => i)
    .filter((i) => labels[i] !== labels[anchor]);
  const taken = rows.map((
    [, { negatives }],
  ) => [...new Set(Array.from(negatives))]);
  const left = taken.map((some) => strangers.filter((i) => !some.includes(i)));
  const marks = (
    name: string,
    images: number[][],
    marker: PlotlyObject,
    below = 0,
  ) => ({
    type: "scatter",
    mode: "markers",
    name,
    x: plotted(images.flat().map((i) => distances[i]!)),
    y: images.flatMap((some, row) => some.map(() => row + below)),
    marker,
    hovertemplate: `${name}, %{x}<extra></extra>`,
  });
  return {
    data: [
      marks("not taken", left, { color: colors.muted, size: 5, opacity: 0.45 }),
      marks("taken", taken, { color: takenColor, size: 10 }),
      marks("the positive", rows.map(([, { positive }]) => [positive]), {
        color: colors.ink,
        size: 11,
        symbol: "diamond",
      }, 0.27), // so as to hide no negative that is nearly as far
    ],
    layout: styledLayout({ height: 110 + 56 * rows.length, ...rest }, {
      xaxis: styledAxis(xTitle, { range: [round(-0.03 * end), round(end)] }),
      yaxis: styledAxis(yTitle, {
        range: [rows.length - 0.4, -0.6],
        tickvals: rows.map((_, row) => row),
        ticktext: rows.map(([name]) => name),
        showgrid: false,
      }),
      shapes: rows.flatMap(([, { positive }], row) =>
        kindBands(distances[positive]!, margin, end, [row - 0.38, row + 0.38])
      ),
      showlegend: true,
      legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
      hovermode: "closest",
    }),
  };
}

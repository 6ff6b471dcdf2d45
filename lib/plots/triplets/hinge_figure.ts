import { checkValue } from "../../numeric/domain.ts";
import { checkList } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Figure } from "../figures/figure.ts";
import { notNegative, plotted, round } from "../figures/numbers.ts";
import {
  colors,
  type FigureOptions,
  styledAxis,
  styledLayout,
} from "../figures/style.ts";
import { kindBands, kinds } from "./kinds.ts";

const action = "draw the hinge";

/** The margin, beside title and size. */
export interface HingeFigureOptions extends FigureOptions {
  /** The triplet margin: 0 or more. */
  margin: number;
}

/**
 * Draws the triplet loss max(0, margin − gap) over the gap d²(a,n) − d²(a,p), with
 * the bands of the three kinds and some triplets, which are numbered from 1.
 *
 * @param gaps Of the triplets; there may be none.
 * @throws {RangeError} If a gap is not finite, or an option is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { data } = hingeFigure([-0.5, 0.1, 0.4], { margin: 0.2 });
 * assert.deepEqual(data[1]?.y, [0.7, 0.1, 0]);
 * assert.deepEqual(data[1]?.text, ["1", "2", "3"]);
 * ```
 */
export function hingeFigure(
  gaps: ArrayLike<number>,
  options: HingeFigureOptions,
): Figure {
  const { margin, ...rest } = optionsOf(action, options);
  checkValue(action, "margin", margin, notNegative);
  checkList(action, "gaps", gaps, { type: "number" });
  const values = Array.from(gaps);
  const reach = round(
    values.reduce((most, gap) => Math.max(most, Math.abs(gap)), 3 * margin) *
        1.15 || 1,
  );
  const lossOf = (gap: number) => Math.max(0, margin - gap);
  const middles = [-reach / 2, margin / 2, (margin + reach) / 2];
  const bends = [-reach, margin, reach];
  return {
    data: [{
      type: "scatter",
      mode: "lines",
      name: "loss",
      x: plotted(bends),
      y: plotted(bends.map(lossOf)),
      line: { color: colors.blue, width: 2.5 },
    }, {
      type: "scatter",
      mode: "markers+text",
      name: "triplets",
      x: plotted(values),
      y: plotted(values.map(lossOf)),
      text: values.map((_, i) => String(i + 1)),
      textposition: "top right",
      marker: { color: colors.ink, size: 9 },
      hovertemplate: "triplet %{text}: gap %{x}, loss %{y}<extra></extra>",
    }],
    layout: styledLayout(rest, {
      xaxis: styledAxis("gap d²(a,n) − d²(a,p)", { range: [-reach, reach] }),
      yaxis: styledAxis("loss of the triplet"),
      margin: { l: 64, r: 24, t: rest.title ? 76 : 36, b: 52 },
      showlegend: false,
      shapes: kindBands(reach, margin, 2 * reach).map((band) => ({
        ...band,
        x0: round(band.x0 as number - reach),
        x1: round(band.x1 as number - reach),
      })),
      annotations: kinds.map(({ name }, i) => ({
        text: `<b>${name}</b>`,
        x: round(middles[i]!),
        yref: "paper",
        y: 1,
        yanchor: "bottom",
        showarrow: false,
      })),
    }),
  };
}

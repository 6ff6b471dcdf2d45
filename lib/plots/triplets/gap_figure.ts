import { checkValue } from "../../numeric/domain.ts";
import { checkList, checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Figure } from "../figures/figure.ts";
import { notNegative, plotted, round } from "../figures/numbers.ts";
import {
  colors,
  type FigureOptions,
  styledAxis,
  styledLayout,
} from "../figures/style.ts";
import { kindBands, kindNames } from "./kinds.ts";

const action = "draw gaps";
/** On each side of 0. */
const BINS = 35;
/** The share of the height that is between two panels. */
const BETWEEN = 0.08;

/** The margin, beside title and size. */
export interface GapFigureOptions extends FigureOptions {
  /** The triplet margin: 0 or more. */
  margin: number;
}

/**
 * Draws how the gaps d(a,n) − d(a,p) of some sets of triplets are spread, one
 * panel for each set, above the bands of the three kinds: left of 0 a triplet
 * is hard, up to the margin semi-hard, then easy.
 *
 * @param gaps By the name of the set.
 * @throws {RangeError} If there is no set, one is empty, a gap is not finite, or
 * an option is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const gaps = { "batch-hard": [-0.7, -0.5], "semi-hard": [0.1, 0.15] };
 * const { data, layout } = gapFigure(gaps, { margin: 0.2 });
 * assert.deepEqual(data.map(({ name }) => name), ["batch-hard", "semi-hard"]);
 * assert.ok("yaxis2" in layout);
 * ```
 */
export function gapFigure(
  gaps: Readonly<Record<string, ArrayLike<number>>>,
  options: GapFigureOptions,
): Figure {
  const { margin, ...rest } = optionsOf(action, options);
  checkValue(action, "margin", margin, notNegative);
  const sets = Object.entries(optionsOf(action, gaps));
  checkSome(action, "gaps", sets);
  for (const [name, values] of sets) {
    checkSome(action, `gaps of ${name}`, values);
    checkList(action, `gaps of ${name}`, values, { type: "number" });
  }
  const widest = round(Math.max(
    1e-9,
    margin,
    ...sets.map(([, values]) =>
      Array.from(values).reduce((most, gap) => Math.max(most, Math.abs(gap)), 0)
    ),
  ));
  const step = widest / BINS;
  const panel = (1 + BETWEEN) / sets.length - BETWEEN;
  const tops = sets.map((_, i) => 1 - i * (panel + BETWEEN));
  const middles = Array.from(
    { length: 2 * BINS },
    (_, i) => (i - BINS + 0.5) * step,
  );
  const last = sets.length === 1 ? "y" : `y${sets.length}`;
  return {
    data: sets.map(([name, values], i) => ({
      type: "bar",
      name,
      x: plotted(middles, 5),
      y: plotted(shares(values, step), 4),
      ...(i > 0 && { yaxis: `y${i + 1}` }),
      marker: { color: colors.ink, line: { width: 0 } },
      hovertemplate: "%{y:.1%} near %{x}",
    })),
    layout: styledLayout({ height: 90 + 130 * sets.length, ...rest }, {
      bargap: 0.1,
      showlegend: false,
      margin: { l: 64, r: 24, t: rest.title ? 64 : 36, b: 52 },
      shapes: kindBands(widest, margin, 2 * widest).map((band) => ({
        ...band,
        x0: round(band.x0 as number - widest),
        x1: round(band.x1 as number - widest),
      })),
      xaxis: styledAxis("gap d²(a,n) − d²(a,p)", {
        anchor: last,
        range: [-widest, widest],
      }),
      ...Object.fromEntries(tops.map((top, i) => [
        i === 0 ? "yaxis" : `yaxis${i + 1}`,
        styledAxis("", {
          domain: [round(Math.max(0, top - panel)), round(top)],
          tickformat: ".0%",
          nticks: 4,
        }),
      ])),
      annotations: [
        ...kindNames(widest, margin, 2 * widest).map((name) => ({
          ...name,
          x: Math.min(round(name.x as number - widest), widest),
        })),
        ...sets.map(([name], i) => ({
          text: name,
          xref: "paper",
          x: 0.01,
          xanchor: "left",
          yref: "paper",
          y: round(tops[i]!),
          yanchor: "top",
          showarrow: false,
        })),
      ],
    }),
  };
}

/** The share of the gaps in each bin; 0 itself, a tie, is left of 0. */
function shares(gaps: ArrayLike<number>, step: number): number[] {
  const counted = new Array<number>(2 * BINS).fill(0);
  for (let i = 0; i < gaps.length; i++) {
    const bin = BINS + Math.ceil(gaps[i]! / step) - 1;
    counted[Math.min(Math.max(bin, 0), 2 * BINS - 1)]! += 1 / gaps.length;
  }
  return counted;
}

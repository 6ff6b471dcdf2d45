import { checkWhole } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Figure, PlotlyObject } from "../figures/figure.ts";
import { round } from "../figures/numbers.ts";
import { arrow, BAR, bar, box, note } from "./module_parts.ts";
import { colors, type FigureOptions, styledLayout } from "../figures/style.ts";
import {
  type Branch,
  branches,
  branchesOf,
  channelsOf,
  type NetworkRow,
} from "./network_row.ts";

/** In units of the drawing: a branch is 1 wide, and a level 1 high. */
const BOX = { width: 0.86, height: 0.64 };
const TOP = 3;

/**
 * Draws an inception module from below to above: the input, up to four branches
 * that all see it, each box one operation with the column of the table where its
 * number stands, and the output, in which their channels lie side by side.
 *
 * @param row Such as a row of `NN2`.
 * @param channels How many come in.
 * @throws {RangeError} If the row is no inception module, or the channels are
 * not a whole number of 1 or more.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const row = { type: "inception", name: "a", "1x1": 8, "3x3": [4, 16] } as const;
 * const { layout } = moduleFigure(row, 32);
 * const texts = (layout.annotations as { text: string }[]).map(({ text }) => text);
 * assert.ok(texts.includes("output: 8 + 16 = <b>24 channels</b>"));
 * ```
 */
export function moduleFigure(
  row: NetworkRow,
  channels: number,
  options: FigureOptions = {},
): Figure {
  const action = "draw a module";
  const rest = optionsOf(action, options);
  checkWhole(action, "channels", channels, 1, 2 ** 31 - 1);
  const found = branchesOf(row, channels);
  const ends = [-0.5, found.length - 0.5] as const;
  const output = outputOf(found, ends);
  const parts = [
    bar(ends, 0, "#d1d5db"),
    note(`input: <b>${channels} channels</b>`, (ends[0] + ends[1]) / 2, 0),
    ...found.flatMap((branch, x) => branchParts(branch, x, output[x]!)),
    ...output.flatMap(({ from, to, branch }) => [
      bar([from, to], TOP, branches[branch.kind].color),
      note(
        `<b>${channelsOf(branch)}</b>`,
        (from + to) / 2,
        TOP,
        branches[branch.kind].ink,
      ),
    ]),
    note(sumOf(found), (ends[0] + ends[1]) / 2, TOP + 0.32),
  ];
  const axis = { visible: false, fixedrange: true };
  const { name } = row;
  return {
    // Shapes need axes, and axes a trace.
    data: [{ type: "scatter", x: [], y: [], hoverinfo: "skip" }],
    layout: styledLayout({
      title: `module ${name.replace("inception_", "")}`,
      width: 40 + 160 * Math.max(found.length, 2),
      height: 440,
      ...rest,
    }, {
      margin: { l: 12, r: 12, t: 44, b: 8 },
      showlegend: false,
      hovermode: false,
      xaxis: { ...axis, range: [ends[0] - 0.02, ends[1] + 0.02] },
      yaxis: { ...axis, range: [-0.25, TOP + 0.5] },
      shapes: parts.filter((part) => "x0" in part),
      annotations: parts.filter((part) => "text" in part),
    }),
  };
}

/** A part of the output bar: the channels of one branch. */
interface Segment {
  from: number;
  to: number;
  branch: Branch;
}

/** The output, divided as the channels of the branches are. */
function outputOf(
  found: readonly Branch[],
  [left, right]: readonly [number, number],
): Segment[] {
  const all = found.reduce((sum, branch) => sum + channelsOf(branch), 0);
  let from = left;
  return found.map((branch) => {
    const to = from + (right - left) * channelsOf(branch) / all;
    const segment = { from: round(from), to: round(to), branch };
    from = to;
    return segment;
  });
}

/** The boxes of a branch, and the arrows from the input through them to the output. */
function branchParts(
  { kind, steps }: Branch,
  x: number,
  { from, to }: Segment,
): PlotlyObject[] {
  const { color, tint } = branches[kind];
  // The last box of each branch is on the upper level.
  const levels = steps.length === 1 ? [2] : [1, 2];
  const half = BOX.height / 2;
  return [
    ...steps.flatMap(({ does, channels, column }, i) => {
      const y = levels[i]!;
      const below = i === 0 ? BAR / 2 : levels[i - 1]! + half;
      const what = kind === "pool" && i === 0 ? "channels" : "filters";
      const size = [BOX.width, BOX.height] as const;
      return [
        box([x, y], size, { line: { color, width: 2 }, fillcolor: tint }),
        note(`${does}<br><b>${channels} ${what}</b>`, x, y + 0.08),
        note(column, x, y - 0.21, colors.muted, 11),
        arrow([x, below], [x, y - half]),
      ];
    }),
    arrow([x, levels.at(-1)! + half], [(from + to) / 2, TOP - BAR / 2]),
  ];
}

function sumOf(found: readonly Branch[]): string {
  const parts = found.map(channelsOf);
  const all = parts.reduce((sum, one) => sum + one, 0);
  return parts.length === 1
    ? `output: <b>${all} channels</b>`
    : `output: ${parts.join(" + ")} = <b>${all} channels</b>`;
}

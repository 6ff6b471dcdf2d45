import { checkList, checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Figure, PlotlyObject } from "../figures/figure.ts";
import {
  colors,
  type FigureOptions,
  legendAbove,
  styledAxis,
  styledLayout,
} from "../figures/style.ts";
import {
  branches,
  branchesOf,
  type BranchKind,
  channelsOf,
  type NetworkRow,
} from "./network_row.ts";

const action = "draw a network";
const count = { type: "integer", min: 1, max: 2 ** 31 - 1 } as const;
/** Pixels of a row. */
const ROW = 26;
/** Numbers are written into what is at least so much of the widest bar. */
const READABLE = 0.028;

/** What a module makes of one image; `ModuleSummary` is one. */
export interface DrawnModule {
  readonly name: string;
  /** `[height, width, channels]`, or `[size]`. */
  readonly outputShape: readonly number[];
}

/**
 * Draws a network from above to below, a bar for what each module makes: as long as
 * it has channels, divided by the branches that made them. A square at the right is as
 * large as the maps of features are high and wide.
 *
 * @param rows The network's table, such as `nn2Rows(28)`.
 * @param modules What to draw, such as `summarizeNN2` lists it. One without
 * branches is a gray bar.
 * @throws {RangeError} If there is no module, or a shape is not of whole numbers of 1 or
 * more.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const row = { type: "inception", name: "a", "1x1": 8, "3x3": [4, 16] } as const;
 * const { data } = nn2Figure([row], [
 *   { name: "image", outputShape: [28, 28, 1] },
 *   { name: "a", outputShape: [28, 28, 24] },
 * ]);
 * const bars = data.filter(({ type }) => type === "bar");
 * assert.deepEqual(bars.map(({ name, x }) => [name, x]), [
 *   ["one layer", [1, null]],
 *   ["1×1", [null, 8]],
 *   ["3×3", [null, 16]],
 * ]);
 * ```
 */
export function nn2Figure(
  rows: readonly NetworkRow[],
  modules: readonly DrawnModule[],
  options: FigureOptions = {},
): Figure {
  const rest = optionsOf(action, options);
  checkSome(action, "rows", rows);
  checkSome(action, "modules", modules);
  for (const module of modules) {
    const { outputShape } = optionsOf(action, module);
    checkSome(action, "a shape", outputShape);
    checkList(action, "a shape's sides", outputShape, count);
  }
  const names = modules.map(({ name }) => labelOf(name));
  const most = Math.max(...modules.map(({ outputShape }) => last(outputShape)));
  const parts = modules.map((module, i) => {
    const row = rows.find(({ name }) => name === module.name);
    return row?.type === "inception" && i > 0
      ? partsOf(row, last(modules[i - 1]!.outputShape))
      : { layer: last(module.outputShape) };
  });
  const kinds = ["layer", ...Object.keys(branches)] as (keyof Parts)[];
  const bars = kinds.map((kind) => {
    const x = parts.map((part) => part[kind] ?? null);
    return barsOf(kind, x, names, most);
  }).filter(({ x }) => x.some((value) => value !== null));
  return {
    data: [...bars, ...maps(modules, names)],
    layout: styledLayout(
      { width: 700, height: 90 + ROW * modules.length, ...rest },
      {
        barmode: "stack",
        bargap: 0.25,
        hovermode: "closest",
        legend: { ...legendAbove, traceorder: "normal" },
        margin: { l: 64, r: 8, t: rest.title ? 76 : 36, b: 44 },
        xaxis: styledAxis("channels of the output", {
          domain: [0, 0.8],
          range: [0, most],
        }),
        xaxis2: {
          domain: [0.82, 1],
          range: [0, 1],
          visible: false,
          fixedrange: true,
        },
        yaxis: styledAxis("", {
          type: "category",
          categoryorder: "array",
          categoryarray: names.toReversed(),
          range: [-0.6, modules.length - 0.4],
          ticks: "",
          showgrid: false,
        }),
      },
    ),
  };
}

type Parts = { [kind in BranchKind | "layer"]?: number };

function partsOf(row: NetworkRow, input: number): Parts {
  return Object.fromEntries(
    branchesOf(row, input).map((branch) => [branch.kind, channelsOf(branch)]),
  );
}

function barsOf(
  kind: keyof Parts,
  x: (number | null)[],
  y: string[],
  most: number,
) {
  const { name, color } = kind === "layer"
    ? { name: "one layer", color: "#d1d5db" }
    : branches[kind];
  return {
    type: "bar",
    orientation: "h",
    name,
    x,
    y,
    marker: { color, line: { color: "#ffffff", width: 1 } },
    text: x.map((value) => value && value >= READABLE * most ? value : ""),
    texttemplate: "%{text}",
    textposition: "inside",
    insidetextanchor: "middle",
    textangle: 0,
    constraintext: "none",
    insidetextfont: { size: 11 },
    hovertemplate: `%{y}, ${name}: %{x} channels<extra></extra>`,
  };
}

/** Squares as large as the maps, and their sizes in words. */
function maps(
  modules: readonly DrawnModule[],
  names: string[],
): PlotlyObject[] {
  const shapes = modules.map(({ outputShape }) => outputShape);
  const flat = shapes.map((shape) => shape.length < 3);
  const widest = Math.max(
    ...shapes.map(([side]) => side!).filter((_, i) => !flat[i]),
  );
  const common = { type: "scatter", xaxis: "x2", showlegend: false };
  const sizes = shapes.map(([side], i) =>
    flat[i] ? 0 : Math.max(2, Math.round((ROW - 4) * side! / widest))
  );
  return [{
    ...common,
    mode: "markers",
    x: names.map(() => 0.12),
    y: names,
    marker: {
      symbol: "square",
      color: colors.ink,
      size: sizes,
      opacity: 1,
    },
    hoverinfo: "skip",
  }, {
    ...common,
    mode: "text",
    x: names.map(() => 0.27),
    y: names,
    text: shapes.map((shape, i) =>
      flat[i] ? `${shape[0]} numbers` : `${shape[0]}×${shape[1]}`
    ),
    textposition: "middle right",
    textfont: { size: 12, color: colors.ink },
    hoverinfo: "skip",
  }];
}

const last = (shape: readonly number[]) => shape.at(-1)!;
const labelOf = (name: string) => name.replace("inception_", "module ");

import { checkWhole } from "../../numeric/domain.ts";
import { checkList, checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { textWidth } from "../encode/svg.ts";
import type { Figure, PlotlyObject } from "../figures/figure.ts";
import { round } from "../figures/numbers.ts";
import { colors, type FigureOptions, styledLayout } from "../figures/style.ts";

const action = "draw matrices";
/** On the screen, in pixels. */
const HEAD = 32;

/** How large the cells are and how many digits they show. */
export interface MatrixOptions extends Pick<FigureOptions, "title"> {
  /** Height and width of a cell in pixels, from 10 to 200; 36 by default. */
  cell?: number;
  /** Digits behind the point, at most 6; 2 by default. */
  digits?: number;
}

/**
 * Draws matrices side by side, every number in a cell of its color: blue below 0,
 * orange above, each matrix in a scale of its own.
 *
 * @param matrices By what is written above them; rows of one matrix are equally long.
 * @throws {RangeError} If there is no matrix, one has no cell, rows differ in
 * length, a value is not finite, or an option is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { data } = matrixFigure({ x: [[1, 2], [3, 4]], "2x": [[2, 4], [6, 8]] });
 * assert.deepEqual(data.map(({ z }) => z), [[[1, 2], [3, 4]], [[2, 4], [6, 8]]]);
 * ```
 */
export function matrixFigure(
  matrices: Readonly<Record<string, readonly (readonly number[])[]>>,
  options: MatrixOptions = {},
): Figure {
  const { title = "", cell = 36, digits = 2 } = optionsOf(action, options);
  checkWhole(action, "cell", cell, 10, 200);
  checkWhole(action, "digits", digits, 0, 6);
  const names = Object.keys(optionsOf(action, matrices));
  checkSome(action, "matrices", names);
  const sizes = names.map((name) => sizeOf(name, matrices[name]!));
  // In cells, with one free before, between and after; a long name needs more.
  const slots = sizes.map(({ columns }, i) =>
    Math.max(columns, Math.ceil(textWidth(names[i]!, 12) / cell))
  );
  const all = slots.reduce((sum, slot) => sum + slot + 1, 1);
  const most = Math.max(...sizes.map(({ rows }) => rows));
  const top = title ? 40 : 4;
  const layout = styledLayout({
    title,
    width: Math.max(cell * all, 60),
    height: cell * most + HEAD + top + 8,
  }, { margin: { l: 0, r: 0, t: HEAD + top, b: 8 }, hovermode: false });
  let left = 1;
  const data = names.map((name, i) => {
    const { rows, columns } = sizes[i]!;
    const slot = slots[i]!;
    const start = left + (slot - columns) / 2;
    const axis = i === 0 ? "" : `${i + 1}`;
    const at = { xaxis: `x${axis}`, yaxis: `y${axis}` };
    layout[`xaxis${axis}`] = {
      ...hidden,
      domain: [start / all, (start + columns) / all],
      anchor: at.yaxis,
      range: [-0.5, columns - 0.5],
    };
    const above = (1 - rows / most) / 2;
    layout[`yaxis${axis}`] = {
      ...hidden,
      domain: [above, 1 - above],
      anchor: at.xaxis,
      range: [rows - 0.5, -0.5],
    };
    layout.annotations = [...(layout.annotations as [] ?? []), {
      text: name,
      x: (left + slot / 2) / all,
      y: 1 - above,
      xref: "paper",
      yref: "paper",
      xanchor: "center",
      yanchor: "bottom",
      showarrow: false,
    }];
    left += slot + 1;
    return { ...at, ...cells(matrices[name]!, digits) };
  });
  return { data, layout };
}

const hidden: PlotlyObject = {
  showticklabels: false,
  showgrid: false,
  zeroline: false,
  ticks: "",
  fixedrange: true,
  showline: true,
  mirror: true,
  linecolor: "#d1d5db",
};

function cells(
  matrix: readonly (readonly number[])[],
  digits: number,
): PlotlyObject {
  const most = Math.max(...matrix.flat().map(Math.abs)) || 1;
  return {
    type: "heatmap",
    z: matrix.map((row) => row.map((value) => round(value, 6))),
    zmin: -most,
    zmax: most,
    colorscale: [[0, colors.blue], [0.5, "#ffffff"], [1, colors.orange]],
    showscale: false,
    xgap: 1,
    ygap: 1,
    // Adding 0 makes 0 of -0.
    text: matrix.map((row) =>
      row.map((value) => `${Number(value.toFixed(digits)) + 0}`)
    ),
    texttemplate: "%{text}",
    hoverinfo: "skip",
  };
}

function sizeOf(name: string, matrix: readonly (readonly number[])[]) {
  checkSome(action, `rows of ${name}`, matrix);
  const columns = matrix[0]?.length ?? 0;
  for (const row of matrix) {
    checkSome(action, `columns of ${name}`, row);
    checkList(action, `columns of ${name}`, row, { type: "number" }, columns);
  }
  return { rows: matrix.length, columns };
}

import { indicesByClass } from "../../../digits/classes.ts";
import type { PlotlyObject } from "../figure.ts";
import { colors, palette } from "../style.ts";

/** The points of one class, and how they look in every figure. */
export interface ClassPoints {
  name: string;
  color: string;
  /** A symbol that Plotly knows; digits that look alike have different ones. */
  symbol: string;
  /** Which of all points are of this class. */
  indices: Int32Array;
}

/** In turns, by digit: so 3 and 8, 3 and 5, 7 and 9, 4 and 9 differ. */
const symbols = ["circle", "square", "diamond"];

/**
 * Sorts points by their class. A digit keeps its color and its symbol in every
 * figure, whatever other classes there are.
 *
 * @param labels `[n]`
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const classes = classPoints([7, 3, 7]);
 * assert.deepEqual(classes.map(({ name }) => name), ["3", "7"]);
 * assert.deepEqual([...classes[1]!.indices], [0, 2]);
 * ```
 */
export function classPoints(labels: ArrayLike<number>): ClassPoints[] {
  return [...indicesByClass(labels)].map(([label, indices]) => {
    const place = Math.abs(label) % palette.length;
    return {
      name: String(label),
      color: palette[place]!,
      symbol: symbols[place % symbols.length]!,
      indices,
    };
  });
}

/** How the name of a class looks in an annotation: on white, in a line of its color. */
export function nameStyle(name: string, color: string): PlotlyObject {
  return {
    text: `<b>${name}</b>`,
    showarrow: false,
    font: { color: colors.ink },
    bgcolor: "rgba(255, 255, 255, 0.85)",
    bordercolor: color,
    borderwidth: 1.5,
    borderpad: 1,
  };
}

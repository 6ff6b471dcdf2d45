import { indicesByClass } from "../../../digits/classes.ts";
import { checkItems, checkLength } from "../../../numeric/list.ts";
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

/** What classes are called, for figures of other things than digits. */
export interface ClassNameOptions {
  /** What the classes 0, 1, 2 … are called, such as letters; their numbers by default. */
  classNames?: readonly string[];
}

/**
 * Sorts points by their class. A digit keeps its color and its symbol in every
 * figure, whatever other classes there are. Of 30 classes, 0 to 29, no two look the
 * same: those of one color have different symbols.
 *
 * @param labels `[n]`
 * @throws {RangeError} If the names of the classes are not text.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const classes = classPoints("draw", [7, 3, 7]);
 * assert.deepEqual(classes.map(({ name }) => name), ["3", "7"]);
 * assert.deepEqual([...classes[1]!.indices], [0, 2]);
 * const [a] = classPoints("draw", [1], { classNames: ["a", "b"] });
 * assert.equal(a!.name, "b");
 * ```
 */
export function classPoints(
  action: string,
  labels: ArrayLike<number>,
  { classNames = [] }: ClassNameOptions = {},
): ClassPoints[] {
  checkLength(action, "classNames", classNames);
  const isText = (name: unknown) => typeof name === "string";
  checkItems(action, "classNames to be text", classNames, isText);
  return [...indicesByClass(labels)].map(([label, indices]) => {
    const place = Math.abs(label) % palette.length;
    const turn = Math.floor(Math.abs(label) / palette.length);
    return {
      name: classNames[label] ?? String(label),
      color: palette[place]!,
      symbol: symbols[(place + turn) % symbols.length]!,
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

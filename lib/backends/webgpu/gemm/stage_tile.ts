import type { LaneCount } from "../runtime/lanes.ts";
import { component, lines, upTo } from "./product_parts.ts";

/** How much of the depth a workgroup has in its memory at once. */
export const tileDepth = 16;

/** Rows, and as many columns, that a workgroup computes. */
export type TileSide = 32 | 64;

/** Invocations of a workgroup. */
const invocations = 64;

/**
 * How a workgroup brings a tile of one factor into its memory `rowTile` or
 * `columnTile`: `[tileDepth, side]`, whose elements are four rows or columns, with lines
 * that are an element apart, so that those of several k go to different banks.
 *
 * An invocation always has whole elements to write: on some devices two that write
 * different values of one vector overwrite each other's. So it brings four rows or
 * columns, at one k or, where four k are read at once, at those. Neighbors among the
 * invocations read neighbors in memory, so that a GPU reads them in one go.
 *
 * Source: WGSL, "Component reference from vector reference": a write may access all of
 * the vector.
 */
export function stageTile(
  name: "row" | "column",
  alongDepth: boolean,
  lanes: LaneCount,
  side: TileSide,
): { positions: string[]; reads: string[] } {
  const quads = side / 4;
  // What an invocation brings at once.
  const depths = alongDepth ? lanes : 1;
  const inFours = lanes === 4 && !alongDepth;
  const items = upTo(inFours ? 1 : 4);
  const units = quads * tileDepth / depths;
  const rounds = upTo(Math.ceil(units / invocations));
  // Neighbors differ in k, or in the element.
  const across = alongDepth ? tileDepth / depths : quads;
  const inLine = `index % ${across}u`;
  const lineOf = (n: number) =>
    `(index / ${across}u + ${n * invocations / across}u)`;
  const quadOf = (n: number) => alongDepth ? lineOf(n) : inLine;
  const depthOf = (n: number) =>
    alongDepth ? `(${inLine}) * ${depths}u` : lineOf(n);
  const positionOf = (n: number, item: number) =>
    `${name}Of(min(${name === "row" ? "firstRow" : "firstColumn"} + 4u * (${
      quadOf(n)
    }) + ${item}u, constants.${name}s - ${inFours ? 4 : 1}u))`;
  const read = (position: string) =>
    name === "row" ? `readA(${position}, found)` : `readB(found, ${position})`;
  // Those along the depth differ in each round; else all rounds have the same.
  const held = (n: number) => alongDepth ? n : 0;
  const element = (i: number) =>
    inFours
      ? "value0"
      : lanes === 1
      ? "vec4(value0, value1, value2, value3)"
      : `vec4(${
        items.map((item) => `value${item}.${component(i)}`).join(", ")
      })`;
  return {
    // Beyond the last row or column, that is read, and not written.
    positions: (alongDepth ? rounds : [0]).flatMap((n) =>
      items.map((item) => `let ${name}${n}${item} = ${positionOf(n, item)};`)
    ),
    reads: rounds.map((n) =>
      lines(
        units < invocations ? `if (index < ${units}u) {` : "{",
        `let k = at + ${depthOf(n)};`,
        items.map((item) => `var value${item} = Value();`),
        "if (k < end) {",
        "let found = depthOf(k);",
        items.map((item) =>
          `value${item} = ${read(`${name}${held(n)}${item}`)};`
        ),
        "}",
        upTo(depths).map((i) =>
          `${name}Tile[(${depthOf(n)} + ${i}u) * ${quads + 1}u + ${
            quadOf(n)
          }] = ${element(i)};`
        ),
        "}",
      )
    ),
  };
}

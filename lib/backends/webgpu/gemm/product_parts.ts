/**
 * What the forms of a product have in common.
 *
 * @module
 */
import { type LaneCount, lanesCode } from "../runtime/lanes.ts";
import type { ProductCode } from "./product_code.ts";

/** 0, 1, … as many as asked for. */
export const upTo = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => i);

/** Lines of code. */
export const lines = (...parts: (string | string[])[]): string =>
  parts.flat().join("\n");

/** An element of a vector of four. */
export const component = (i: number): string => "xyzw"[i % 4]!;

/**
 * A product's functions with what they build on. The entry point has to begin with
 * {@linkcode workgroupPlace}.
 *
 * Whole numbers are divided by way of float32, whose rounding puts a quotient below
 * 2²³ wrong by one at most.
 */
export const prelude = (code: ProductCode, lanes: LaneCount): string => `
${lanesCode[lanes]}
var<private> kept: Constants;
fn quotient(n: u32, divisor: u32) -> u32 {
  let estimate = i32(f32(i32(n)) / f32(i32(divisor)));
  let rest = i32(n) - estimate * i32(divisor);
  return u32(estimate + select(0, 1, rest >= i32(divisor)) - select(0, 1, rest < 0));
}
${inKept(code.functions(lanes))}`;

/**
 * Where a workgroup is: the first row and column of its tile, and its part with that
 * part's first k and end. With one part, the last dimension has more rows.
 *
 * Constants are read from a buffer once, not at each use. Bounds of loops with barriers
 * come from `own`: WebGPU takes no private variable, as `kept` is one, for the same in
 * all invocations.
 */
export const workgroupPlace = (
  { phased = false }: ProductCode,
  rows: number,
  columns: number,
): string => `
  let own = ${phased ? "phaseOf(group.z % constants.phases)" : "constants"};
  kept = own;
  let isWhole = own.partDepth >= own.depth;
  let fold = group.z / own.phases;
  let firstRow = (group.x + select(0u, fold * groups.x, isWhole)) * ${rows}u;
  let firstColumn = group.y * ${columns}u;
  let part = select(fold, 0u, isWhole);`;

/**
 * The code that adds a product, once for each that is summed.
 *
 * @param add It, between `start` and `end`.
 */
export function forTerms({ terms = 1 }: ProductCode, add: string): string {
  if (terms === 1) {
    return lines(
      "let start = part * own.partDepth;",
      "let end = min(own.depth, start + own.partDepth);",
      add,
    );
  }
  return lines(
    upTo(terms).map((term) =>
      `{
  let start = 0u;
  let end = own.depth${term};
${
        add.replaceAll(
          /\b(?:rowOf|columnOf|depthOf|readA|readB)\b/g,
          (name) => name + term,
        )
      }
}`
    ),
  );
}

/** Code that reads the copies of the constants. */
export const inKept = (code: string): string =>
  code.replaceAll(/\bconstants\./g, "kept.");

/** Adds the outer product of values `a(i)` and of a quarter as many vectors `b(q)` to `sumi_q`. */
export const addOuterProduct = (
  a: (i: number) => string,
  b: (q: number) => string,
  rows: number,
): string =>
  lines(
    upTo(rows).flatMap((i) =>
      upTo(rows / 4).map((q) =>
        `sum${i}_${q} = fma(vec4(${a(i)}), ${b(q)}, sum${i}_${q});`
      )
    ),
  );

/** The sums of {@linkcode addOuterProduct}. */
export const zeroSums = (rows: number): string =>
  lines(
    upTo(rows).flatMap((i) =>
      upTo(rows / 4).map((q) => `var sum${i}_${q} = vec4<f32>();`)
    ),
  );

/** Writes four columns of a row, those that the product has. */
export const writeFour = (
  lanes: LaneCount,
  row: string,
  column: string,
  values: string,
): string =>
  `{
  let row = ${row};
  let column = ${column};
  let values = ${values};
  if (row < constants.rows && column < constants.columns) {
    let at = targetOf(row, part) + column;
${
    lanes === 4 ? "write(at, values);" : lines(
      upTo(4).map((j) =>
        `if (column + ${j}u < constants.columns) { write(at + ${j}u, values.${
          component(j)
        }); }`
      ),
    )
  }
  }
}`;

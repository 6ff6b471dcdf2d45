import type { LaneCount } from "../runtime/lanes.ts";

/**
 * Where the factors of a product C[row, column] = Σₖ A[row, k] · B[k, column] come from
 * and where it goes, in WGSL. Convolutions are such products, of factors that they
 * read from images (implicit GEMM).
 *
 * What a position means is found once for a row, a column and a k, not for each value
 * that is read there: it often takes divisions. `Row`, `Column` and `Depth` are types
 * of the code's own, such as `alias Row = u32;`, and so are the functions
 *
 * - `fn rowOf(row: u32) -> Row`
 * - `fn columnOf(column: u32) -> Column`
 * - `fn depthOf(k: u32) -> Depth`
 * - `fn readA(row: Row, k: Depth) -> Value`
 * - `fn readB(k: Depth, column: Column) -> Value`
 * - `fn targetOf(row: u32, part: u32) -> u32`, where the row's first column goes
 * - `fn write(at: u32, value: Value)`, that many columns on
 *
 * They are called within the product's bounds only. A part is a range of k that is
 * summed by itself. There is `fn quotient(n: u32, divisor: u32) -> u32`, which is
 * faster than a division. `constants` are copies that cost nothing to read.
 *
 * With one lane `Value` is f32. With four it is vec4<f32>: that at the position and the
 * next three along the factor's axis, or of the columns in `write`. The product's
 * sides along these axes are then multiples of four.
 */
export interface ProductCode {
  functions(lanes: LaneCount): string;
  /**
   * Whether a launch is several products side by side, which differ in some constants,
   * in `rows` and `depth` too: `fn phaseOf(phase: u32) -> Constants` gives those of
   * each.
   */
  phased?: boolean;
  /**
   * How many products are summed in one launch (default 1). With several, the functions
   * that find and read factors are there for each: `rowOf0`, `readA0`, and so on, and
   * `constants.depth0` is the depth of the first.
   */
  terms?: number;
  /** The axes along which the factors' values lie next to each other in memory. */
  along: { a: "rows" | "depth"; b: "columns" | "depth" };
}

/** What every product's shader has among its constants. */
export const productConstants = {
  rows: "u32",
  columns: "u32",
  depth: "u32",
  /** How many k a workgroup sums. */
  partDepth: "u32",
  /** How many products a launch is. */
  phases: "u32",
} as const;

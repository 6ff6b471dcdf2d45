import type { Random } from "../../numeric/random.ts";
import type { Positions, Size } from "./warp.ts";

/**
 * Pixels between two knots of the field. A cubic B-spline with knots 7 apart is
 * about as wide as the Gaussian of deviation 4 that Simard and others smooth with.
 */
const spacing = 7;

/**
 * The part of the knots' deviation that the surface has: in each direction the
 * mean of Σ w² is ∫ B² = 151 / 315, of which the field's deviation is the root
 * twice.
 */
const kept = 151 / 315;

/**
 * Moves positions by a smooth random field, as if the image were on rubber.
 *
 * Each direction is drawn for itself: a normal number at each knot of a coarse
 * grid, and a cubic B-spline surface through them.
 *
 * @param positions Of `height · width` pixels.
 * @param options `deviation` is the field's standard deviation in pixels, on
 * average over the image.
 *
 * Source: Simard, Steinkraus and Platt, "Best practices for convolutional
 * neural networks applied to visual document analysis" (2003), section 2.
 *
 * @example Neighbours move together
 * ```ts
 * import assert from "node:assert/strict";
 * import { createRandom } from "../../numeric/random.ts";
 *
 * const rows = new Float32Array(28 * 28);
 * const columns = new Float32Array(28 * 28);
 * addElasticMovement({ rows, columns }, { height: 28, width: 28 }, {
 *   deviation: 2,
 *   random: createRandom(1),
 * });
 * assert.ok(Math.max(...rows) > 1);
 * assert.ok(Math.abs(rows[1]! - rows[0]!) < 1);
 * ```
 */
export function addElasticMovement(
  { rows, columns }: Positions,
  size: Size,
  { deviation, random }: { deviation: number; random: Random },
): void {
  for (const direction of [rows, columns]) {
    addField(direction, size, () => random.normal() * deviation / kept);
  }
}

function addField(
  values: Float32Array,
  { height, width }: Size,
  draw: () => number,
): void {
  const across = Math.ceil(width / spacing) + 3;
  const down = Math.ceil(height / spacing) + 3;
  const knots = Float32Array.from({ length: down * across }, draw);
  // First along each row of knots, then down each column of pixels.
  const alongRows = new Float32Array(down * width);
  for (let column = 0; column < width; column++) {
    const weights = splineWeights(column);
    const first = Math.floor(column / spacing);
    for (let knot = 0; knot < down; knot++) {
      alongRows[knot * width + column] = weighed(
        knots,
        weights,
        knot * across + first,
        1,
      );
    }
  }
  for (let row = 0, i = 0; row < height; row++) {
    const weights = splineWeights(row);
    const first = Math.floor(row / spacing) * width;
    for (let column = 0; column < width; column++, i++) {
      values[i]! += weighed(alongRows, weights, first + column, width);
    }
  }
}

type Weights = readonly [number, number, number, number];

/** What the four knots around a pixel weigh: a uniform cubic B-spline. */
function splineWeights(pixel: number): Weights {
  const t = pixel / spacing % 1;
  return [
    (1 - t) ** 3 / 6,
    (3 * t ** 3 - 6 * t ** 2 + 4) / 6,
    (-3 * t ** 3 + 3 * t ** 2 + 3 * t + 1) / 6,
    t ** 3 / 6,
  ];
}

function weighed(
  values: Float32Array,
  [a, b, c, d]: Weights,
  at: number,
  step: number,
): number {
  return a * values[at]! + b * values[at + step]! + c * values[at + 2 * step]! +
    d * values[at + 3 * step]!;
}

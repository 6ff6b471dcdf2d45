import type { Embeddings } from "../../numeric/embeddings.ts";

/** Points in either precision. */
interface Points {
  values: Float32Array | Float64Array;
  size: number;
}

/**
 * The squared Euclidean distance of row `i` of `a` and row `j` of `b`, summed
 * in double precision, which a matrix product would not keep for near points.
 *
 * @param limit Once the sum is as large, the rest is left out: most points are
 * out of the question after a few coordinates.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const points = { values: Float32Array.of(0, 0, 3, 4), size: 2 };
 * assert.equal(squaredDistance(points, 0, points, 1), 25);
 * assert.equal(squaredDistance(points, 0, points, 1, 8), 9);
 * ```
 */
export function squaredDistance(
  a: Points,
  i: number,
  b: Points,
  j: number,
  limit = Infinity,
): number {
  let sum = 0;
  for (let k = 0; k < a.size && sum < limit; k++) {
    const difference = a.values[i * a.size + k]! - b.values[j * b.size + k]!;
    sum += difference * difference;
  }
  return sum;
}

/** How far from 1 the squared length of a unit vector in float32 may be. */
const ROUNDING = 1e-5;

/**
 * The largest squared distance that rows of `a` and `b` can have: 4 where all
 * are of length 1, or else Infinity. Between opposite ones rounding would give a
 * little more.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const unit = { values: Float32Array.of(0.6, 0.8), count: 1, size: 2 };
 * const longer = { values: Float32Array.of(3, 4), count: 1, size: 2 };
 * assert.equal(mostSquared(unit, unit), 4);
 * assert.equal(mostSquared(unit, longer), Infinity);
 * ```
 */
export function mostSquared(a: Embeddings, b: Embeddings): number {
  return areUnit(a) && (a === b || areUnit(b)) ? 4 : Infinity;
}

function areUnit(points: Embeddings): boolean {
  for (let i = 0; i < points.count; i++) {
    if (Math.abs(squaredLength(points, i) - 1) > ROUNDING) return false;
  }
  return true;
}

/** The squared distance of row `i` from 0. */
export function squaredLength({ values, size }: Embeddings, i: number): number {
  let squares = 0;
  for (let k = i * size; k < (i + 1) * size; k++) squares += values[k]! ** 2;
  return squares;
}

import type { EmbeddingRows } from "./checks.ts";

/**
 * The squared Euclidean distance of row `i` of `a` and row `j` of `b`, summed
 * in double precision, which a matrix product would not keep for near points.
 */
export function squaredDistance(
  a: EmbeddingRows,
  i: number,
  b: EmbeddingRows,
  j: number,
): number {
  let sum = 0;
  for (let k = 0; k < a.size; k++) {
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
export function mostSquared(a: EmbeddingRows, b: EmbeddingRows): number {
  return areUnit(a) && (a === b || areUnit(b)) ? 4 : Infinity;
}

function areUnit({ values, count, size }: EmbeddingRows): boolean {
  for (let i = 0; i < count; i++) {
    let squares = 0;
    for (let j = i * size; j < (i + 1) * size; j++) squares += values[j]! ** 2;
    if (Math.abs(squares - 1) > ROUNDING) return false;
  }
  return true;
}

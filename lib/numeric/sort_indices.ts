/** At most so many indices are sorted: 32 + 21 bits fit a number. */
export const MOST_INDICES = 2 ** 21;

/**
 * Sorts indices by the values that they point to; of equal values the index
 * that stood first stays first.
 *
 * Numbers are sorted many times faster than by a function that compares. So
 * value and place become one number: a float's bits, turned so that they
 * ascend, and below them the place.
 *
 * @param values Without NaN.
 * @param indices At most {@linkcode MOST_INDICES}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const values = Float32Array.of(7, -2, 0, 7);
 * assert.deepEqual(
 *   sortIndices(values, Int32Array.of(3, 0, 1)),
 *   Int32Array.of(1, 3, 0),
 * );
 * ```
 */
export function sortIndices(
  values: Float32Array,
  indices: Int32Array,
): Int32Array {
  const bits = new Int32Array(pick(values, indices).buffer);
  const keys = new Float64Array(indices.length);
  for (let i = 0; i < keys.length; i++) {
    const ascending = (bits[i]! ^ (bits[i]! >> 31 | 1 << 31)) >>> 0;
    keys[i] = ascending * MOST_INDICES + i;
  }
  keys.sort();
  const sorted = new Int32Array(indices.length);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    sorted[i] = indices[key - Math.floor(key / MOST_INDICES) * MOST_INDICES]!;
  }
  return sorted;
}

/** The values that indices point to. */
export function pick(values: Float32Array, indices: Int32Array): Float32Array {
  const picked = new Float32Array(indices.length);
  for (let i = 0; i < indices.length; i++) picked[i] = values[indices[i]!]!;
  return picked;
}

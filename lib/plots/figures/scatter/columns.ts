import type { Embeddings } from "../../../numeric/embeddings.ts";

/**
 * One coordinate of some points.
 *
 * @param indices Which points; all by default.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const points = { values: Float32Array.of(1, 2, 3, 4), count: 2, size: 2 };
 * assert.deepEqual(columnOf(points, 1), [2, 4]);
 * assert.deepEqual(columnOf(points, 0, [1]), [3]);
 * ```
 */
export function columnOf(
  { values, count, size }: Embeddings,
  dimension: number,
  indices: ArrayLike<number> = { length: count },
): number[] {
  return Array.from(
    indices,
    (i, place) => values[size * (i ?? place) + dimension]!,
  );
}

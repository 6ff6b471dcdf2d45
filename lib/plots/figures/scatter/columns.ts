import { checkLabels } from "../../../digits/labels.ts";
import {
  type Embeddings,
  type EmbeddingsOrTensor,
  readEmbeddings,
} from "../../../numeric/embeddings.ts";
import { refuse } from "../../../numeric/refuse.ts";

/**
 * Reads points of some dimensions, a class for each.
 *
 * @throws {RangeError} If they have other dimensions, there are none, one is not
 * finite, or the labels are not as many.
 */
export function readPoints(
  action: string,
  points: EmbeddingsOrTensor,
  labels: ArrayLike<number>,
  dimensions: number,
): Embeddings {
  const read = readEmbeddings(points, action);
  const { count, size } = read;
  if (size !== dimensions) {
    refuse(action, `points of shape [n, ${dimensions}]`, `[${count}, ${size}]`);
  }
  checkLabels(action, labels, count);
  return read;
}

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

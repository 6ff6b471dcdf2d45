import {
  type Embeddings,
  type EmbeddingsOrTensor,
  readEmbeddings,
} from "../../numeric/embeddings.ts";
import { refuse } from "../../numeric/refuse.ts";

/**
 * Reads two directions in a space of `size` dimensions.
 *
 * @throws {RangeError} If they are not of the shape `[2, size]`.
 */
export function readPlane(
  action: string,
  plane: EmbeddingsOrTensor,
  size: number,
): Embeddings {
  const directions = readEmbeddings(plane, action);
  if (directions.count !== 2 || directions.size !== size) {
    const got = `[${directions.count}, ${directions.size}]`;
    refuse(action, `a plane of shape [2, ${size}]`, got);
  }
  return directions;
}

/**
 * How far each embedding lies along the plane's two directions: `[n, size]` and
 * `[2, size]` → `[n, 2]`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const point = { values: Float32Array.of(5, 6, 7), count: 1, size: 3 };
 * const plane = { values: Float32Array.of(0, 0, 1, 1, 0, 0), count: 2, size: 3 };
 * assert.deepEqual([...alongPlane(point, plane).values], [7, 5]);
 * ```
 */
export function alongPlane(
  { values, count, size }: Embeddings,
  plane: Embeddings,
): Embeddings {
  const along = Float32Array.from({ length: 2 * count }, (_, at) => {
    const point = (at >> 1) * size, direction = (at & 1) * size;
    let sum = 0;
    for (let j = 0; j < size; j++) {
      sum += values[point + j]! * plane.values[direction + j]!;
    }
    return sum;
  });
  return { values: along, count, size: 2 };
}

import type { StoredTensor } from "./safetensors.ts";

/**
 * Puts the axes of a tensor into another order.
 *
 * @param order The old axis of each new one.
 * @returns A copy, row-major in the new order.
 *
 * @example A transposed matrix
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const matrix = { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
 * assert.deepEqual(permuted(matrix, [1, 0]), {
 *   shape: [3, 2],
 *   data: Float32Array.of(1, 4, 2, 5, 3, 6),
 * });
 * ```
 */
export function permuted(
  { shape, data }: StoredTensor,
  order: readonly number[],
): StoredTensor {
  const steps = shape.map((_, axis) =>
    shape.slice(axis + 1).reduce((product, side) => product * side, 1)
  );
  const moved = new Float32Array(data.length);
  let to = 0;
  const copy = (depth: number, from: number) => {
    if (depth === order.length) {
      moved[to++] = data[from]!;
      return;
    }
    const axis = order[depth]!;
    for (let i = 0; i < shape[axis]!; i++) {
      copy(depth + 1, from + i * steps[axis]!);
    }
  };
  copy(0, 0);
  return { shape: order.map((axis) => shape[axis]!), data: moved };
}

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

import type { Embeddings } from "../../../lib/numeric/embeddings.ts";

/** Points as they are written down. */
export function toRows({ values, count, size }: Embeddings): number[][] {
  return Array.from(
    { length: count },
    (_, i) => Array.from(values.subarray(i * size, (i + 1) * size)),
  );
}

/** The same read back. */
export function ofRows(rows: number[][]): Embeddings {
  const values = Float32Array.from(rows.flat());
  return { values, count: rows.length, size: rows[0]!.length };
}

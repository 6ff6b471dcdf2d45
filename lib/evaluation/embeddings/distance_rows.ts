import * as tf from "@tensorflow/tfjs";
import { refuse } from "../../numeric/refuse.ts";
import type { EmbeddingRows } from "./checks.ts";
import { mostSquared } from "./squared_distance.ts";

/** How many distances are in memory at once: 16 MB of them. */
const BLOCK = 2 ** 22;

/**
 * Visits each query's squared distances to a gallery, one row after the other.
 * The whole matrix never exists: beside the embeddings there is one block of
 * 16 MB, or one row where that is more.
 *
 * As in `squaredDistances` the distances come from a matrix product of points
 * moved by the gallery's first one. They are within 10⁻⁶ of the two points'
 * squared distances from it, exact on a grid of whole numbers, and equal for
 * duplicates in the gallery.
 *
 * @param action What is being done, the opening of an error's message.
 * @param visit Gets the distances in the order of the gallery, never negative
 * nor between unit vectors above 4, and the query's index. The array is its own until it returns.
 * @throws {RangeError} If the sizes differ, or the values are too large for
 * float32 to hold their distances.
 */
export function forEachDistanceRow(
  action: string,
  queries: EmbeddingRows,
  gallery: EmbeddingRows,
  visit: (distances: Float32Array, query: number) => void,
): void {
  const { count, size } = gallery;
  if (queries.size !== size) {
    refuse(
      action,
      `embeddings of size ${size}, that of the gallery`,
      `${queries.size}`,
    );
  }
  const from = movedPoints(action, queries, gallery);
  const to = movedPoints(action, gallery, gallery);
  const columns = tf.tensor2d(transpose(to.values, count, size), [size, count]);
  const row = new Float32Array(count);
  const most = mostSquared(queries, gallery);
  const height = Math.max(1, Math.floor(BLOCK / count));
  try {
    for (let start = 0; start < queries.count; start += height) {
      const end = Math.min(start + height, queries.count);
      const products = multiply(
        from.values.subarray(start * size, end * size),
        columns,
      );
      for (let query = start; query < end; query++) {
        const offset = (query - start) * count;
        const norm = from.norms[query]!;
        for (let j = 0; j < count; j++) {
          const distance = norm + to.norms[j]! - 2 * products[offset + j]!;
          row[j] = distance > 0 ? (distance < most ? distance : most) : 0;
        }
        visit(row, query);
      }
    }
  } finally {
    columns.dispose();
  }
}

/** The product of rows with a matrix, read back. */
function multiply(rows: Float32Array, columns: tf.Tensor2D): Float32Array {
  const size = columns.shape[0];
  let products: Float32Array = new Float32Array(0);
  // Returned by the tidy they would be searched for tensors, one by one.
  tf.tidy(() => {
    const block = tf.tensor2d(rows, [rows.length / size, size]);
    products = tf.matMul(block, columns).dataSync<"float32">();
  });
  return products;
}

/** The points as seen from the gallery's first, and their squared lengths. */
function movedPoints(
  action: string,
  points: EmbeddingRows,
  gallery: EmbeddingRows,
): { values: Float32Array; norms: Float64Array } {
  const { count, size } = points;
  const values = new Float32Array(count * size);
  const norms = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let norm = 0;
    for (let j = i * size; j < (i + 1) * size; j++) {
      const moved = points.values[j]! - gallery.values[j - i * size]!;
      values[j] = moved;
      norm += values[j]! * values[j]!;
    }
    // Two points are at most four times as far as either is from the first.
    if (!Number.isFinite(Math.fround(4 * norm))) {
      refuse(
        action,
        "embeddings whose squared distances float32 can hold",
        `${norm} in row ${i}`,
      );
    }
    norms[i] = norm;
  }
  return { values, norms };
}

/** Not the product's own transposition, which is slow on tfjs's WASM. */
function transpose(
  values: Float32Array,
  rows: number,
  columns: number,
): Float32Array {
  const transposed = new Float32Array(values.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      transposed[j * rows + i] = values[i * columns + j]!;
    }
  }
  return transposed;
}

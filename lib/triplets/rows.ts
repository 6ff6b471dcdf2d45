import * as tf from "@tensorflow/tfjs";

/** Farther than any distance, yet finite, as not every GPU keeps infinities. */
const BEYOND = 3e38;

/** Keeps values where the mask is 1, and puts one beyond all where it is 0. */
export function orBeyond(values: tf.Tensor2D, mask: tf.Tensor2D): tf.Tensor2D {
  return tf.add(tf.mul(values, mask), tf.mul(tf.sub(1, mask), BEYOND));
}

/** Sorts each row in ascending order and says which column each value came from. */
export function sortRows(
  rows: tf.Tensor2D,
): { values: tf.Tensor2D; columns: tf.Tensor2D } {
  const { values, indices } = tf.topk(tf.neg(rows), rows.shape[1]);
  return { values: tf.neg(values), columns: indices };
}

/** Turns `[n, k]` columns into flat indices of a matrix so wide, int32. */
export function flatIndices(columns: tf.Tensor, width: number): tf.Tensor2D {
  const [n, k] = columns.shape as [number, number];
  const starts = new Int32Array(n * k);
  for (let row = 0; row < n; row++) {
    starts.fill(row * width, row * k, (row + 1) * k);
  }
  return tf.add(columns, tf.tensor2d(starts, [n, k], "int32"));
}

/**
 * Takes from each row the values in the given columns. tf.gather with batchDims
 * would say the same, but reads wrong places on tfjs 4.22's WASM backend.
 */
export function pickColumns(
  rows: tf.Tensor2D,
  columns: tf.Tensor,
): tf.Tensor2D {
  const flat = tf.reshape(rows, [rows.size]);
  return tf.gather(flat, flatIndices(columns, rows.shape[1])) as tf.Tensor2D;
}

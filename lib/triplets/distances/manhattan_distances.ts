import * as tf from "@tensorflow/tfjs";
import type { EmbeddingsOrTensor } from "../../numeric/embeddings.ts";
import { measurePairs } from "./distances.ts";

/**
 * Computes the Manhattan (L1) distance, Σ |aᵢ − bᵢ|, of every pair of
 * embeddings: what vincenthanna/facenet_on_mnist measures by to choose its
 * triplets. It goes through the coordinates one by one, so memory is O(n²) and
 * not O(n² · size). It is for choosing only and has no gradient.
 *
 * @param embeddings `[n, size]`, plain or a tensor, which the caller disposes.
 * @returns `[n, n]`: never negative, exactly 0 on the diagonal, symmetric. The
 * caller disposes it. NaN stays NaN.
 * @throws {RangeError} If the embeddings are not `[n, size]` with n ≥ 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const distances = manhattanDistances(tf.tensor2d([[0, 0], [1, -2]]));
 * assert.deepEqual(distances.arraySync(), [[0, 3], [3, 0]]);
 * ```
 */
export function manhattanDistances(
  embeddings: EmbeddingsOrTensor,
): tf.Tensor2D {
  return measurePairs("compute Manhattan distances", embeddings, sumOfSizes);
}

function sumOfSizes(embeddings: tf.Tensor2D): tf.Tensor2D {
  const [n, size] = embeddings.shape;
  let sum = tf.zeros<tf.Rank.R2>([n, n]);
  for (let i = 0; i < size; i++) {
    const before = sum;
    sum = tf.tidy(() => {
      const column = tf.slice(embeddings, [0, i], [n, 1]);
      return tf.add(before, tf.abs(tf.sub(column, tf.transpose(column))));
    });
    before.dispose();
  }
  return sum;
}

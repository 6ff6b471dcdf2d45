import * as tf from "@tensorflow/tfjs";
import {
  checkEmbeddings,
  type EmbeddingsOrTensor,
  isPlain,
} from "../../numeric/embeddings.ts";
import { centre, gramDistances, pullBack } from "./gram.ts";

/**
 * Computes the squared Euclidean distance of every pair of embeddings.
 *
 * The distances come from one matrix product (‖a‖² + ‖b‖² − 2a·b), so memory is
 * O(n²) and not O(n² · size). That form cancels where points are close, so the
 * batch's first point is subtracted from all: the error left is within 10⁻⁶ of
 * the two points' squared distances from it. Unit embeddings are right to about
 * 10⁻⁶; a batch that has collapsed towards one point is as right, relative to
 * its own spread; and points on a grid of whole numbers are exact.
 *
 * The gradient is 2(a − b), taken directly: finite everywhere, 0 between
 * duplicates, and built from products and sums that every backend has.
 *
 * @param embeddings `[n, size]`, plain or a tensor, which the caller disposes.
 * @returns `[n, n]`: never negative, exactly 0 on the diagonal, symmetric. The
 * caller disposes it. A NaN or infinite embedding gives NaN or ∞.
 * @throws {RangeError} If the embeddings are not `[n, size]` with n ≥ 1.
 *
 * @example Three points on a line
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const distances = squaredDistances(tf.tensor2d([[0], [1], [3]]));
 * assert.deepEqual(distances.arraySync(), [[0, 1, 9], [1, 0, 4], [9, 4, 0]]);
 * ```
 */
export function squaredDistances(embeddings: EmbeddingsOrTensor): tf.Tensor2D {
  return measurePairs(
    "compute squared distances",
    embeddings,
    (points) => pairwise(points) as tf.Tensor2D,
  );
}

/**
 * Checks embeddings and measures their pairs; of plain ones it makes a tensor for
 * that time.
 *
 * @throws {RangeError} If they are not `[n, size]` with n ≥ 1.
 */
export function measurePairs(
  action: string,
  embeddings: EmbeddingsOrTensor,
  measure: (points: tf.Tensor2D) => tf.Tensor2D,
): tf.Tensor2D {
  checkEmbeddings(action, embeddings);
  if (!isPlain(embeddings)) return measure(embeddings);
  const { values, count, size } = embeddings;
  return tf.tidy(() => measure(tf.tensor2d(values, [count, size])));
}

const pairwise = tf.customGrad((input, saver) => {
  const points = centre(input as tf.Tensor2D);
  (saver as tf.GradSaveFunc)([points]);
  return {
    value: gramDistances(points),
    gradFunc: (upstream, saved) =>
      pullBack(upstream as tf.Tensor2D, saved[0] as tf.Tensor2D),
  };
});

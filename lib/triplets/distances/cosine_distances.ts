import * as tf from "@tensorflow/tfjs";
import type { EmbeddingsOrTensor } from "../../numeric/embeddings.ts";
import { LEAST } from "./directions.ts";
import { measurePairs, squaredDistances } from "./distances.ts";

/**
 * Computes the cosine distance, 1 − cos ∠(a, b), of every pair of embeddings.
 *
 * It is taken as half the squared distance of the embeddings scaled to length
 * 1, which is the same number but keeps its digits where the angle is small:
 * there 1 − cos has lost them. So on unit embeddings a margin of α in cosine
 * distance asks for as much as one of 2α in squared distance.
 *
 * It is what the miners' metric "cosine" measures, as a tensor: to look at, or for a
 * loss of one's own.
 *
 * @param embeddings `[n, size]` of any length, plain or a tensor, which the
 * caller disposes.
 * @returns `[n, n]` from 0 to 2, never above by rounding: exactly 0 on the diagonal, symmetric. The
 * caller disposes it. An embedding of zeros has no angle; it is 0.5 from others
 * and its gradient is finite. A NaN or infinite embedding gives NaN.
 * @throws {RangeError} If the embeddings are not `[n, size]` with n ≥ 1.
 *
 * @example A right angle, and the opposite direction
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const distances = cosineDistances(tf.tensor2d([[2, 0], [0, 3], [-5, 0]]));
 * assert.deepEqual(distances.arraySync(), [[0, 1, 2], [1, 0, 1], [2, 1, 0]]);
 * ```
 */
export function cosineDistances(embeddings: EmbeddingsOrTensor): tf.Tensor2D {
  return measurePairs(
    "compute cosine distances",
    embeddings,
    (points) =>
      tf.tidy(() =>
        atMostTwo(tf.mul(squaredDistances(directions(points)), 0.5))
      ) as tf.Tensor2D,
  );
}

/**
 * Takes back what rounding adds to the distance of opposite embeddings. NaN
 * stays NaN. The gradient is that of the distance itself: near 0 there anyway.
 */
const atMostTwo = tf.customGrad((distances) => ({
  value: tf.minimum(distances as tf.Tensor, 2),
  gradFunc: (upstream) => upstream,
}));

/** Scales embeddings to length 1; the caller disposes them. */
export function directions(embeddings: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const squares = tf.sum(tf.square(embeddings), -1, true);
    return tf.div(embeddings, tf.sqrt(tf.maximum(squares, LEAST)));
  });
}

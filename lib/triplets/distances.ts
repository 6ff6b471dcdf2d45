import * as tf from "@tensorflow/tfjs";

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
 * @param embeddings `[n, size]`. The caller disposes it.
 * @returns `[n, n]`: never negative, exactly 0 on the diagonal, symmetric. The
 * caller disposes it. A NaN or infinite embedding gives NaN.
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
export function squaredDistances(embeddings: tf.Tensor2D): tf.Tensor2D {
  const { shape } = embeddings;
  if (shape.length !== 2 || shape[0] < 1) {
    throw new RangeError(
      `Cannot compute distances: expected embeddings [n, size], got [${shape}]`,
    );
  }
  return pairwise(embeddings) as tf.Tensor2D;
}

const pairwise = tf.customGrad((input, saver) => {
  const embeddings = input as tf.Tensor2D;
  const save = saver as tf.GradSaveFunc;
  const first = tf.slice(embeddings, [0, 0], [1, embeddings.shape[1]]);
  const points = tf.sub(embeddings, first) as tf.Tensor2D;
  save([points]);
  return {
    value: gramDistances(points),
    gradFunc: (upstream, saved) =>
      pullBack(upstream as tf.Tensor2D, saved[0] as tf.Tensor2D),
  };
});

function gramDistances(points: tf.Tensor2D): tf.Tensor2D {
  const n = points.shape[0];
  // An explicit transpose: tfjs's WASM matmul is many times slower with its
  // own transpose flag.
  const gram = tf.matMul(points, tf.transpose(points));
  // Norms from the product's own diagonal are rounded as the rest of it is, so
  // the diagonal of the result, and duplicates, come out exactly 0.
  const norms = tf.gather(
    tf.reshape(gram, [n * n]),
    tf.range(0, n * n, n + 1, "int32"),
  );
  const sums = tf.add(tf.reshape(norms, [n, 1]), tf.reshape(norms, [1, n]));
  return tf.relu(tf.sub(sums, tf.mul(gram, 2)));
}

/** The gradient Σⱼ (uᵢⱼ + uⱼᵢ) · 2(xᵢ − xⱼ). */
function pullBack(upstream: tf.Tensor2D, points: tf.Tensor2D): tf.Tensor2D {
  const both = tf.add(upstream, tf.transpose(upstream)) as tf.Tensor2D;
  const own = tf.mul(tf.sum(both, 1, true), points);
  return tf.mul(tf.sub(own, tf.matMul(both, points)), 2);
}

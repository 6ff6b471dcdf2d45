import * as tf from "@tensorflow/tfjs";

/** Moves points so that the first one is at 0. */
export function centre(points: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() =>
    tf.sub(points, tf.slice(points, [0, 0], [1, points.shape[1]]))
  );
}

/**
 * The squared distances of points near 0, from one product of matrices. No more
 * than three `[n, n]` are there at a time.
 */
export function gramDistances(points: tf.Tensor2D): tf.Tensor2D {
  const n = points.shape[0];
  const difference = tf.tidy(() => {
    // An explicit transpose: tfjs's WASM matmul is many times slower with its
    // own transpose flag.
    const doubled = tf.mul(tf.transpose(points), 2);
    const products = tf.matMul(points, doubled);
    // Norms from the product's own diagonal are rounded as the rest of it is, so
    // the diagonal of the result, and duplicates, come out exactly 0.
    const norms = tf.mul(
      tf.gather(
        tf.reshape(products, [n * n]),
        tf.range(0, n * n, n + 1, "int32"),
      ),
      0.5,
    );
    const sums = tf.add(tf.reshape(norms, [n, 1]), tf.reshape(norms, [1, n]));
    return tf.sub(sums, products);
  });
  // Not relu: tfjs's on WASM takes a NaN with the sign bit set, such as ∞ − ∞, for 0.
  const distances = tf.abs(difference);
  difference.dispose();
  return distances as tf.Tensor2D;
}

/** The gradient in the points, Σⱼ (uᵢⱼ + uⱼᵢ) · 2(xᵢ − xⱼ), times a factor. */
export function pullBack(
  upstream: tf.Tensor2D,
  points: tf.Tensor2D,
  factor = 1,
): tf.Tensor2D {
  return tf.tidy(() => {
    const both = tf.tidy(() => tf.add(upstream, tf.transpose(upstream)));
    const own = tf.mul(tf.sum(both, 1, true), points);
    const difference = tf.sub(own, tf.matMul(both as tf.Tensor2D, points));
    return tf.mul(difference, 2 * factor);
  });
}

import * as tf from "@tensorflow/tfjs";

// The least squared length that is still divided by, as in
// tf.math.l2_normalize: below it, and so at 0, the result is x / 1e-6.
const EPSILON = 1e-12;

/**
 * Scales each row to length 1: `[batch, size]` → the same shape.
 *
 * A row shorter than 1e-6 is divided by 1e-6 instead, so that the result and
 * the gradient are finite at 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const y = new L2Normalization({}).apply(tf.tensor2d([[3, 4], [0, 0]]));
 * const [a, b, ...zeros] = (y as tf.Tensor).dataSync();
 * assert.ok(Math.abs(a! - 0.6) < 1e-6 && Math.abs(b! - 0.8) < 1e-6);
 * assert.deepEqual(zeros, [0, 0]);
 * ```
 */
export class L2Normalization extends tf.layers.Layer {
  /** The name in a saved model. */
  static readonly className = "L2Normalization";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x] = [inputs].flat() as [tf.Tensor];
      const squares = tf.sum(tf.square(x), -1, true);
      return tf.div(x, tf.sqrt(tf.maximum(squares, EPSILON)));
    });
  }
}

tf.serialization.registerClass(L2Normalization);

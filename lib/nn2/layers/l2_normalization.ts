import * as tf from "@tensorflow/tfjs";
import { hasKernel, runKernel } from "../../backends/engine/kernels.ts";

// The least squared length that is still divided by, as in
// tf.math.l2_normalize: below it, and so at 0, the result is x / 1e-6.
export const leastSquaredLength = 1e-12;

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
    const [x] = [inputs].flat() as [tf.Tensor];
    return x.rank === 2 && hasKernel("UnitLength")
      ? unitLengthByKernel(x)
      : unitLengthByOperations(x);
  }
}

/** One pass forward and one back, where the backend has the kernels. */
function unitLengthByKernel(x: tf.Tensor): tf.Tensor {
  const normalize = tf.customGrad((...given) => {
    const [x, save] = given as [tf.Tensor, tf.GradSaveFunc];
    const [value] = runKernel("UnitLength", { x }) as [tf.Tensor];
    save([x, value]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [x, y] = saved as [tf.Tensor, tf.Tensor];
      return runKernel("UnitLengthGrad", { dy, x, y })[0]!;
    };
    return { value, gradFunc };
  });
  return normalize(x);
}

/** The reference, from operations that every backend has. */
function unitLengthByOperations(x: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const squares = tf.sum(tf.square(x), -1, true);
    return tf.div(x, tf.sqrt(tf.maximum(squares, leastSquaredLength)));
  });
}

tf.serialization.registerClass(L2Normalization);

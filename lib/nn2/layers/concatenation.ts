import * as tf from "@tensorflow/tfjs";
import { freeAfterGradient } from "./backward_pass.ts";

/**
 * Puts the channels of tensors one after the other:
 * `[batch, height, width, a]`, `[batch, height, width, b]`, … →
 * `[batch, height, width, a + b + …]`.
 *
 * It is `tf.layers.concatenate` with less memory: tfjs's own keeps its inputs for
 * the gradient, to remember their shapes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const y = new ChannelConcatenation({}).apply([
 *   tf.ones([1, 2, 2, 3]),
 *   tf.zeros([1, 2, 2, 4]),
 * ]) as tf.Tensor;
 * assert.deepEqual(y.shape, [1, 2, 2, 7]);
 * ```
 */
export class ChannelConcatenation extends tf.layers.Layer {
  /** The name in a saved model. */
  static readonly className = "ChannelConcatenation";

  override computeOutputShape(inputShapes: tf.Shape[]): tf.Shape {
    const [first] = inputShapes as [tf.Shape];
    const channels = inputShapes.reduce((sum, shape) => sum + shape[3]!, 0);
    return first.with(3, channels);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const parts = [inputs].flat() as tf.Tensor4D[];
    const sizes = parts.map(({ shape }) => shape[3]);
    const concatenate = tf.customGrad(() => ({
      value: tf.concat4d(parts, 3),
      gradFunc: (dy: tf.Tensor) => {
        const gradients = tf.split(dy, sizes, 3);
        freeAfterGradient(dy, []);
        return gradients;
      },
    }));
    return concatenate(...parts);
  }
}

tf.serialization.registerClass(ChannelConcatenation);

import * as tf from "@tensorflow/tfjs";

/**
 * The constants of the paper's local response normalization. TensorFlow's α, this
 * one, is per channel of the window; that of Torch, Caffe and ONNX is for the window
 * as a whole: size · alpha, 1e-4.
 */
export const localResponse = {
  size: 5,
  alpha: 1e-4 / 5,
  beta: 0.75,
  bias: 1,
} as const;

/**
 * Divides each value by (1 + 2e-5 Σ x²)^0.75, the sum over the five nearest
 * channels of the same pixel; the shape stays.
 *
 * Source: Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep
 * convolutional neural networks", section 3.3; the constants are those of
 * OpenFace's nn2 and of Caffe's GoogLeNet.
 *
 * @example Small values stay nearly as they are
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const layer = new LocalResponseNormalization({});
 * const y = layer.apply(tf.ones([1, 1, 1, 9])) as tf.Tensor;
 * assert.ok(Math.abs(y.dataSync()[4]! - 1.0001 ** -0.75) < 1e-6);
 * ```
 */
export class LocalResponseNormalization extends tf.layers.Layer {
  /** The name in a saved model. */
  static readonly className = "LocalResponseNormalization";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [x] = [inputs].flat();
    const { size, bias, alpha, beta } = localResponse;
    return tf.localResponseNormalization(
      x as tf.Tensor4D,
      (size - 1) / 2,
      bias,
      alpha,
      beta,
    );
  }
}

tf.serialization.registerClass(LocalResponseNormalization);

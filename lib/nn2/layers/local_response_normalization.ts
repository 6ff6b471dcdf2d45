import * as tf from "@tensorflow/tfjs";

// TensorFlow's α is per channel of the window; Torch's and Caffe's 1e-4 is for
// the window of 5 as a whole.
const WINDOW = 5;
const ALPHA = 1e-4 / WINDOW;
const BETA = 0.75;
const BIAS = 1;

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
    const radius = (WINDOW - 1) / 2;
    return tf.localResponseNormalization(
      x as tf.Tensor4D,
      radius,
      BIAS,
      ALPHA,
      BETA,
    );
  }
}

tf.serialization.registerClass(LocalResponseNormalization);

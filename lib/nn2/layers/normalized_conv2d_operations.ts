/**
 * The reference of a normalized convolution, from operations that every backend has.
 * Its passes stand beside those of normalized_conv2d_kernels.ts, which say what they
 * make.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type {
  NormalizationGradient,
  Normalized,
} from "./normalized_conv2d_kernels.ts";
import type {
  NormalizedConv2dOptions,
  NormalizedWeights,
} from "./normalized_conv2d_options.ts";

/** All axes but the channels'. */
const axes = [0, 1, 2];

/** The forward pass of training, without a gradient. */
export function convolveByOperations(
  x: tf.Tensor4D,
  { kernel, bias, gamma, beta, movingMean, movingVariance }: NormalizedWeights,
  { strides, epsilon, momentum }: NormalizedConv2dOptions,
): Normalized<tf.Tensor> {
  const z = tf.conv2d(x, kernel, strides, "same");
  // Two passes: E[z²] − E[z]² would cancel where the mean is large.
  const { mean, variance } = tf.moments(z, axes);
  const inverse = tf.rsqrt(tf.add(variance, epsilon));
  const scale = tf.mul(gamma, inverse);
  const move = (moving: tf.Tensor, current: tf.Tensor) =>
    tf.add(tf.mul(moving, momentum), tf.mul(current, 1 - momentum));
  return [
    tf.relu(tf.add(tf.mul(tf.sub(z, mean), scale), beta)),
    z,
    tf.stack([mean, inverse, scale, beta]),
    move(movingMean, tf.add(mean, bias)),
    move(movingVariance, variance),
  ];
}

/** From the gradient of y to that of z. */
export function gradientByOperations(
  dy: tf.Tensor,
  z: tf.Tensor,
  constants: tf.Tensor,
): NormalizationGradient<tf.Tensor> {
  return tf.tidy(() => {
    const [mean, inverse, scale, beta] = tf.unstack(constants) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    const distance = tf.sub(z, mean);
    // The very operations of the forward pass, so that the ReLU cuts alike.
    const passes = tf.step(tf.add(tf.mul(distance, scale), beta));
    const normalized = tf.mul(distance, inverse);
    const dSum = tf.mul(dy, passes);
    const dBeta = tf.sum(dSum, axes);
    const dGamma = tf.sum(tf.mul(dSum, normalized), axes);
    const throughStatistics = tf.div(
      tf.add(dBeta, tf.mul(normalized, dGamma)),
      z.size / z.shape[3]!,
    );
    const dz = tf.mul(tf.sub(dSum, throughStatistics), scale);
    return [dz, dGamma, dBeta];
  });
}

/** The result by the moving statistics, with a gradient where one is recorded. */
export function inferByOperations(
  x: tf.Tensor4D,
  { kernel, bias, gamma, beta, movingMean, movingVariance }: NormalizedWeights,
  { strides, epsilon }: NormalizedConv2dOptions,
): tf.Tensor4D {
  return tf.tidy(() => {
    const z = tf.add<tf.Tensor4D>(tf.conv2d(x, kernel, strides, "same"), bias);
    return tf.relu(tf.batchNorm(
      z,
      movingMean as tf.Tensor as tf.Tensor1D,
      movingVariance as tf.Tensor as tf.Tensor1D,
      beta,
      gamma,
      epsilon,
    ));
  });
}

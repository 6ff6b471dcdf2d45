/**
 * The passes of a normalized convolution, in two forms each: by kernels made for it
 * where the backend has them, and by tfjs's operations.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { hasKernel, runKernel } from "../../backends/engine/kernels.ts";
import { isOverwritable } from "./backward_pass.ts";

/** The numbers that `normalizedConv2d` works with. */
export interface NormalizedWeights {
  /** `[height, width, channels, filters]`. */
  kernel: tf.Tensor4D;
  /** `[filters]`, as all that follow. */
  bias: tf.Tensor1D;
  /** The scale after the normalization. */
  gamma: tf.Tensor1D;
  /** The shift after the normalization. */
  beta: tf.Tensor1D;
  /** The mean that inference subtracts; training moves it. */
  movingMean: tf.Variable;
  /** The variance that inference divides by; training moves it. */
  movingVariance: tf.Variable;
}

/** How `normalizedConv2d` works. */
export interface NormalizedConv2dOptions {
  /** Step between windows. */
  strides: number;
  /** Added to the variance under the root. */
  epsilon: number;
  /** The part of the moving statistics that a training step keeps. */
  momentum: number;
  /** Whether x has a gradient in training. */
  inputGradient: boolean;
}

/** What the forward pass of training makes. */
export interface Forward {
  y: tf.Tensor;
  /** The convolution without its bias. */
  z: tf.Tensor;
  /**
   * `[4, filters]`: mean, inverse deviation, scale and beta of
   * y = relu((z − mean) · scale + beta).
   */
  constants: tf.Tensor;
  /** The next moving mean and variance. */
  moved: [mean: tf.Tensor, variance: tf.Tensor];
}
/** What the backward pass of training makes. */
export type Backward = [dz: tf.Tensor, dGamma: tf.Tensor, dBeta: tf.Tensor];

/** The passes of training for the present backend, without a gradient. */
export function trainingPasses(): {
  forward: typeof forwardByKernel;
  /** May put dz in the memory of dy. */
  backward: typeof backwardByKernel;
} {
  return hasKernel("NormalizedConv2DTraining")
    ? { forward: forwardByKernel, backward: backwardByKernel }
    : { forward: forwardByOperations, backward: backwardByOperations };
}

/** The result by the moving statistics, with a gradient where one is recorded. */
export function inferNormalized(
  x: tf.Tensor4D,
  weights: NormalizedWeights,
  options: NormalizedConv2dOptions,
): tf.Tensor4D {
  return hasKernel("NormalizedConv2DInference") && !tf.engine().isTapeOn()
    ? inferByKernel(x, weights, options)
    : inferByOperations(x, weights, options);
}

/** All axes but the channels'. */
const axes = [0, 1, 2];

function forwardByKernel(
  x: tf.Tensor4D,
  weights: NormalizedWeights,
  options: NormalizedConv2dOptions,
): Forward {
  const [y, z, constants, ...moved] = runKernel(
    "NormalizedConv2DTraining",
    kernelInputs(x, weights),
    { ...options },
  ) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  return { y, z, constants, moved };
}

/** tfjs calls a convolution's kernel its filter. */
function kernelInputs(
  x: tf.Tensor4D,
  { kernel, ...others }: NormalizedWeights,
): Record<string, tf.Tensor> {
  return { x, filter: kernel, ...others };
}

function forwardByOperations(
  x: tf.Tensor4D,
  { kernel, bias, gamma, beta, movingMean, movingVariance }: NormalizedWeights,
  { strides, epsilon, momentum }: NormalizedConv2dOptions,
): Forward {
  const z = tf.conv2d(x, kernel, strides, "same");
  // Two passes: E[z²] − E[z]² would cancel where the mean is large.
  const { mean, variance } = tf.moments(z, axes);
  const inverse = tf.rsqrt(tf.add(variance, epsilon));
  const scale = tf.mul(gamma, inverse);
  const move = (moving: tf.Tensor, current: tf.Tensor) =>
    tf.add(tf.mul(moving, momentum), tf.mul(current, 1 - momentum));
  return {
    y: tf.relu(tf.add(tf.mul(tf.sub(z, mean), scale), beta)),
    z,
    constants: tf.stack([mean, inverse, scale, beta]),
    moved: [
      move(movingMean, tf.add(mean, bias)),
      move(movingVariance, variance),
    ],
  };
}

function backwardByKernel(
  dy: tf.Tensor,
  z: tf.Tensor,
  constants: tf.Tensor,
): Backward {
  return runKernel("NormalizationGrad", { dy, z, constants }, {
    inPlace: isOverwritable(dy),
  }) as Backward;
}

function backwardByOperations(
  dy: tf.Tensor,
  z: tf.Tensor,
  constants: tf.Tensor,
): Backward {
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

function inferByKernel(
  x: tf.Tensor4D,
  weights: NormalizedWeights,
  { strides, epsilon }: NormalizedConv2dOptions,
): tf.Tensor4D {
  const [y] = runKernel(
    "NormalizedConv2DInference",
    kernelInputs(x, weights),
    { strides, epsilon },
  );
  return y as tf.Tensor4D;
}

function inferByOperations(
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

/** Weights of a normalized convolution, and the same from tfjs's operations. */
import * as tf from "@tensorflow/tfjs";
import type { NormalizedWeights } from "../../../lib/nn2/layers/normalized_conv2d_options.ts";
import { wave } from "./finite_differences.ts";

/** Those of the tests. */
export const options = {
  strides: 1,
  epsilon: 1e-3,
  momentum: 0.9,
  inputGradient: true,
};
/** Of the tests' images, and of what is made of them. */
export const [channels, filters] = [3, 5];

/** Weights without a pattern; a scale is negative. The test disposes them. */
export function createWeights(size = 3): NormalizedWeights {
  const perFilter = (phase: number) => wave([filters], phase) as tf.Tensor1D;
  return tf.tidy(() => ({
    kernel: wave([size, size, channels, filters], 1) as tf.Tensor4D,
    bias: perFilter(2),
    gamma: tf.tensor1d([1.5, -0.8, 0.6, 1, 1.2]),
    beta: perFilter(3),
    movingMean: tf.variable(perFilter(4)),
    movingVariance: tf.variable(tf.add(1.5, perFilter(5))),
  }));
}

/** The same from tfjs's operations, whose gradient the tape composes. */
export function reference(
  x: tf.Tensor4D,
  { kernel, bias, gamma, beta, movingMean, movingVariance }: NormalizedWeights,
  strides: number,
  training: boolean,
): tf.Tensor4D {
  const sum = tf.add<tf.Tensor4D>(tf.conv2d(x, kernel, strides, "same"), bias);
  const { mean, variance } = training
    ? tf.moments(sum, [0, 1, 2])
    : { mean: movingMean, variance: movingVariance };
  return tf.relu(tf.batchNorm(
    sum,
    mean as tf.Tensor1D,
    variance as tf.Tensor1D,
    beta,
    gamma,
    options.epsilon,
  ));
}

type Trained = [
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
];
/** One without kernels of this project, and one with them. */
export const backends = ["cpu", "wasm"] as const;

/** What has a gradient. */
export const trained = (
  x: tf.Tensor4D,
  { kernel, gamma, beta }: NormalizedWeights,
) => [x, kernel, gamma, beta] as Trained;
/** The arguments with other tensors for what has a gradient. */
export const withTrained = (
  weights: NormalizedWeights,
  inputs: tf.Tensor[],
): [tf.Tensor4D, NormalizedWeights] => {
  const [x, kernel, gamma, beta] = inputs as Trained;
  return [x, { ...weights, kernel, gamma, beta }];
};

import * as tf from "@tensorflow/tfjs";
import { hasKernel, runKernel } from "../../../lib/backends/engine/kernels.ts";
import { normalizedConv2d } from "../../../lib/nn2/layers/normalized_conv2d.ts";
import {
  convolveByKernel,
  gradientByKernel,
  type Normalized,
} from "../../../lib/nn2/layers/normalized_conv2d_kernels.ts";
import {
  convolveByOperations,
  gradientByOperations,
} from "../../../lib/nn2/layers/normalized_conv2d_operations.ts";
import type {
  NormalizedConv2dOptions,
  NormalizedWeights,
} from "../../../lib/nn2/layers/normalized_conv2d_options.ts";
import { type Compute, normals, tensorOf } from "../against_cpu.ts";

/** A normalized convolution to try. */
export interface NormalizedConvolution {
  /** `[batch, height, width, channels]`. */
  x: readonly [number, number, number, number];
  /** Its square window's side. */
  size: number;
  filters: number;
  strides: number;
}

/** Each part that kernels may treat in a way of its own. */
export const normalizedConvolutions: NormalizedConvolution[] = ([
  // One row of pixels to five, and each kind of channels.
  [[1, 1, 1, 1], 1, 1, 1],
  [[2, 1, 1, 3], 3, 4, 1],
  [[1, 1, 3, 4], 5, 17, 1],
  [[1, 2, 2, 17], 7, 3, 1],
  [[5, 1, 1, 64], 1, 64, 1],
  // Runs of 1,024 rows and the rest.
  [[41, 5, 5, 3], 3, 17, 1],
  [[2, 45, 23, 1], 7, 4, 1],
  [[30, 11, 11, 2], 3, 130, 1],
  // A stride.
  [[3, 9, 7, 4], 1, 3, 2],
  [[2, 8, 9, 3], 3, 4, 2],
  [[2, 9, 5, 3], 5, 33, 2],
  [[3, 15, 14, 1], 7, 64, 2],
  // Winograd's tiles.
  [[8, 14, 14, 16], 3, 17, 1],
  [[33, 3, 4, 64], 3, 64, 1],
] as const).map(([x, size, filters, strides]) => ({
  ...{ x, size, filters, strides },
}));

/** In words. */
export const nameOf = (
  { x, size, filters, strides }: NormalizedConvolution,
): string => `${x}, ${size}×${size} ×${filters}, stride ${strides}`;

/** Settings of the convolutions that are tried. */
export const options: NormalizedConv2dOptions = {
  strides: 1,
  epsilon: 1e-3,
  momentum: 0.9,
  inputGradient: true,
};

/** Normal numbers as weights of the current backend; the caller disposes them. */
export function createWeights(
  size: number,
  channels: number,
  filters: number,
): NormalizedWeights {
  const [kernel, bias, gamma, beta, mean, deviation] = [
    [size, size, channels, filters],
    ...Array.from({ length: 5 }, () => [filters]),
  ].map((shape, i) => tensorOf(normals(shape, 2 + i)));
  return {
    kernel: kernel as tf.Tensor4D,
    bias: bias as tf.Tensor1D,
    gamma: gamma as tf.Tensor1D,
    beta: beta as tf.Tensor1D,
    movingMean: tf.variable(mean!),
    movingVariance: tf.variable(tf.square(deviation!)),
  };
}

/** The forward pass by our kernels where there are some, else by the reference. */
export const convolve = (
  x: tf.Tensor4D,
  weights: NormalizedWeights,
  options: NormalizedConv2dOptions,
): Normalized<tf.Tensor> =>
  hasKernel("NormalizedConv2DTraining")
    ? convolveByKernel<tf.Tensor>(runKernel, x, weights, options)
    : convolveByOperations(x, weights, options);

/** The backward pass by our kernel where there is one, else by the reference. */
export const gradient = (
  dy: tf.Tensor,
  z: tf.Tensor,
  constants: tf.Tensor,
): [dz: tf.Tensor, dGamma: tf.Tensor, dBeta: tf.Tensor] => {
  const [dz, dGamma, dBeta] = hasKernel("NormalizationGrad")
    ? gradientByKernel<tf.Tensor>(runKernel, { dy, z, constants }, false)
    : gradientByOperations(dy, z, constants);
  return [dz, dGamma, dBeta];
};

/** All that a normalized convolution makes in training and afterwards. */
export function normalizedAndGradients(
  { x: shape, size, filters, strides }: NormalizedConvolution,
): Compute {
  const [x, stride] = [normals(shape, 1), { ...options, strides }];
  return () => {
    const weights = createWeights(size, shape[3], filters);
    const { kernel, bias, gamma, beta, movingMean, movingVariance } = weights;
    const inputs = [tensorOf(x), kernel, bias, gamma, beta];
    const images = inputs[0] as tf.Tensor4D;
    const inferred = normalizedConv2d(images, weights, stride, false);
    const [y, z, constants, ...moved] = convolve(images, weights, stride);
    const train = (...inputs: tf.Tensor[]) => {
      const [x, kernel, bias, gamma, beta] = inputs as [
        tf.Tensor4D,
        tf.Tensor4D,
        tf.Tensor1D,
        tf.Tensor1D,
        tf.Tensor1D,
      ];
      return normalizedConv2d(
        x,
        { ...weights, kernel, bias, gamma, beta },
        stride,
        true,
      );
    };
    // Where the ReLU cuts off hangs on a value's last bit, so these have no
    // gradient.
    const clear = tf.greater(tf.abs(height(z, constants)), 1e-4);
    const dy = tf.mul(
      tensorOf(normals(y.shape, 9)),
      tf.cast(clear, "float32"),
    );
    const gradients = tf.grads(train)(inputs, dy);
    const [mean, inverse, scale, shift] = tf.unstack(constants);
    movingMean.dispose();
    movingVariance.dispose();
    return [
      ...[inferred, y, z, ...moved],
      ...[mean!, inverse!, scale!, shift!],
      ...gradients,
    ];
  };
}

/** What the ReLU sees. */
function height(z: tf.Tensor, constants: tf.Tensor): tf.Tensor {
  const [mean, , scale, beta] = tf.unstack(constants);
  return tf.add(tf.mul(tf.sub(z, mean!), scale!), beta!);
}

import * as tf from "@tensorflow/tfjs";
import { hasKernel, runKernel } from "../../backends/engine/kernels.ts";
import { checkValue } from "../../numeric/domain.ts";
import {
  freeAfterGradient,
  freeOnceAdded,
  isOverwritable,
} from "./backward_pass.ts";
import {
  convolutionGradients,
  convolveByKernel,
  gradientByKernel,
  type KernelGradient,
  kernelInputs,
} from "./normalized_conv2d_kernels.ts";
import {
  convolveByOperations,
  gradientByOperations,
  inferByOperations,
} from "./normalized_conv2d_operations.ts";
import {
  checkConvolution,
  checkFit,
  type NormalizedConv2dOptions,
  type NormalizedWeights,
} from "./normalized_conv2d_options.ts";

/**
 * A convolution with "same" padding and a bias, normalized per filter, and its
 * ReLU: relu(γ (conv(x) + bias − mean) / sqrt(variance + ε) + β).
 *
 * In training mean and (biased) variance are the batch's, and the moving ones
 * move towards them. The mean takes the bias out again, so y does not depend on
 * it: its gradient is 0, and it only shifts the moving mean. Otherwise mean and
 * variance are the moving ones. An empty batch has no statistics and moves none.
 *
 * @param x `[batch, height, width, channels]`.
 * @returns `[batch, ⌈height / strides⌉, ⌈width / strides⌉, filters]`; the caller
 * disposes it.
 * @throws {RangeError} If the weights do not fit x or each other, or an option is
 * out of range.
 * @throws {Error} From the gradient in training, if that is differentiated again.
 *
 * Source: Ioffe and Szegedy, "Batch normalization", arXiv 1502.03167.
 *
 * @example Two pixels become −1 and 1, and the ReLU takes the first
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const weights = {
 *   kernel: tf.ones([1, 1, 1, 1]) as tf.Tensor4D,
 *   bias: tf.tensor1d([7]),
 *   gamma: tf.ones([1]) as tf.Tensor1D,
 *   beta: tf.zeros([1]) as tf.Tensor1D,
 *   movingMean: tf.variable(tf.zeros([1])),
 *   movingVariance: tf.variable(tf.ones([1])),
 * };
 * const options = { strides: 1, epsilon: 0, momentum: 0.9, inputGradient: true };
 * const x = tf.tensor4d([2, 6], [2, 1, 1, 1]);
 * const y = normalizedConv2d(x, weights, options, true);
 * assert.deepEqual([...y.dataSync()], [0, 1]);
 * assert.ok(Math.abs(weights.movingMean.dataSync()[0]! - 0.1 * (4 + 7)) < 1e-6);
 * ```
 */
export function normalizedConv2d(
  x: tf.Tensor4D,
  weights: NormalizedWeights,
  options: NormalizedConv2dOptions,
  training: boolean,
): tf.Tensor4D {
  const action = "convolve and normalize";
  checkConvolution(action, options);
  checkValue(action, "training", training, { type: "boolean" });
  checkFit(action, x, weights);
  return training ? train(x, weights, options) : infer(x, weights, options);
}

function infer(
  x: tf.Tensor4D,
  weights: NormalizedWeights,
  options: NormalizedConv2dOptions,
): tf.Tensor4D {
  const kernel = "NormalizedConv2DInference";
  // It has no gradient.
  if (!hasKernel(kernel) || tf.engine().isTapeOn()) {
    return inferByOperations(x, weights, options);
  }
  const inputs = kernelInputs<tf.Tensor>(x, weights);
  return runKernel(kernel, inputs, { ...options })[0] as tf.Tensor4D;
}

function train(
  x: tf.Tensor4D,
  weights: NormalizedWeights,
  options: NormalizedConv2dOptions,
): tf.Tensor4D {
  const { kernel, bias, gamma, beta, movingMean, movingVariance } = weights;
  const hasKernels = hasKernel("NormalizedConv2DTraining");
  const convolve = tf.customGrad((...given) => {
    const save = given.at(-1) as tf.GradSaveFunc;
    const [y, z, constants, ...moved] = hasKernels
      ? convolveByKernel<tf.Tensor>(runKernel, x, weights, options)
      : convolveByOperations(x, weights, options);
    // Not y: where the ReLU cut off follows from z.
    save([x, kernel, z, constants]);
    if (x.size > 0) {
      movingMean.assign(moved[0]);
      movingVariance.assign(moved[1]);
    }

    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      // The tape does not know how z and the constants come from x, so a gradient
      // of this one would lack its largest part.
      if (tf.engine().isTapeOn()) {
        throw new Error(
          "Cannot differentiate normalizedConv2d twice: expected no gradient around its gradient in training, got one",
        );
      }
      // Not x, which has another number than its saved copy.
      const [images, filter, z, constants] = saved as Tensors4;
      const [dz, dGamma, dBeta, zeros]: KernelGradient<tf.Tensor> = hasKernels
        ? gradientByKernel(runKernel, { dy, z, constants }, isOverwritable(dy))
        : gradientByOperations(dy, z, constants);
      const convolved = { x: images, dz, filter };
      const [dKernel, dx] = convolutionGradients(runKernel, convolved, options);
      const dBias = zeros ?? tf.zerosLike(dBeta);
      dz.dispose();
      freeAfterGradient(dy, saved);
      const gradients = [dKernel, dBias, dGamma, dBeta];
      return dx ? [...gradients, freeOnceAdded(x, dx)] : gradients;
    };
    return { value: y, gradFunc };
  });
  const images = options.inputGradient ? [x] : [];
  return convolve(kernel, bias, gamma, beta, ...images) as tf.Tensor4D;
}

type Tensors4 = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];

import * as tf from "@tensorflow/tfjs";
import { hasKernel, runKernel } from "../backends/kernels.ts";

/** What follows the normalization: nothing, or max(0, y). */
export type Activation = "linear" | "relu";

/** All axes but the channels'. */
const AXES = [0, 1, 2];

/**
 * Normalizes each channel by its mean and variance in this batch, then scales,
 * shifts and activates: y = f(γ (x − mean) / sqrt(variance + ε) + β).
 *
 * The gradient runs through x, γ and β. It is written out: two sums per channel
 * and one pass over x, where a recorded one would take some fifteen operations.
 *
 * @param x `[batch, height, width, channels]`.
 * @param gamma `[channels]`.
 * @param beta `[channels]`.
 * @returns y in the shape of x; the batch's mean and (biased) variance,
 * `[channels]`, without a gradient. The caller disposes all three.
 *
 * Source: Ioffe and Szegedy, "Batch normalization", arXiv 1502.03167,
 * section 3.
 *
 * @example Two values become −1 and 1, and the ReLU takes the first
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const x = tf.tensor4d([2, 6], [2, 1, 1, 1]);
 * const [one, zero] = [tf.ones([1]), tf.zeros([1])] as tf.Tensor1D[];
 * const { y, mean, variance } =
 *   batchNormalizeTraining(x, one!, zero!, 0, "relu");
 * assert.deepEqual([...y.dataSync()], [0, 1]);
 * assert.deepEqual([mean.dataSync()[0], variance.dataSync()[0]], [4, 4]);
 * ```
 */
export function batchNormalizeTraining(
  x: tf.Tensor4D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
  activation: Activation,
): { y: tf.Tensor4D; mean: tf.Tensor1D; variance: tf.Tensor1D } {
  const fused = hasKernel("BatchNormTraining");
  const forward = fused ? normalizeByKernel : normalizeByOperations;
  const backward = fused ? gradientByKernel : gradientByOperations;
  let statistics: [mean: tf.Tensor, variance: tf.Tensor] | undefined;

  const normalize = tf.customGrad((...inputs) => {
    const [x, gamma, beta, save] = inputs as [
      tf.Tensor4D,
      tf.Tensor1D,
      tf.Tensor1D,
      tf.GradSaveFunc,
    ];
    const [value, mean, variance] = forward(
      x,
      gamma,
      beta,
      epsilon,
      activation,
    );
    save([x, value, gamma, mean, variance]);
    statistics = [tf.keep(mean), tf.keep(variance)];
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) =>
      backward(dy, saved as Saved, epsilon, activation);
    return { value, gradFunc };
  });

  const y = normalize(x, gamma, beta) as tf.Tensor4D;
  const [mean, variance] = statistics!;
  // Kept past the operation's own tidy; the clones are the caller's, as any
  // tensor is.
  const result = { y, mean: tf.clone(mean), variance: tf.clone(variance) };
  tf.dispose([mean, variance]);
  return result as ReturnType<typeof batchNormalizeTraining>;
}

/** y, and the batch's mean and variance. */
type Normalized = [y: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor];
/** What the gradient needs of the forward pass. */
type Saved = [
  x: tf.Tensor,
  y: tf.Tensor,
  gamma: tf.Tensor,
  mean: tf.Tensor,
  variance: tf.Tensor,
];

function normalizeByKernel(
  x: tf.Tensor4D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
  activation: Activation,
): Normalized {
  return runKernel(
    "BatchNormTraining",
    { x, gamma, beta },
    { epsilon, activation },
  ) as Normalized;
}

function normalizeByOperations(
  x: tf.Tensor4D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
  activation: Activation,
): Normalized {
  // Two passes: E[x²] − E[x]² would cancel where the mean is large.
  const { mean, variance } = tf.moments(x, AXES);
  const factor = tf.mul(tf.rsqrt(tf.add(variance, epsilon)), gamma);
  const sum = tf.add(tf.mul(tf.sub(x, mean), factor), beta);
  return [activation === "relu" ? tf.relu(sum) : sum, mean, variance];
}

function gradientByKernel(
  dy: tf.Tensor,
  [x, y, gamma, mean, variance]: Saved,
  epsilon: number,
  activation: Activation,
): tf.Tensor[] {
  return runKernel(
    "BatchNormTrainingGrad",
    { dy, x, y, gamma, mean, variance },
    { epsilon, activation },
  );
}

function gradientByOperations(
  dy: tf.Tensor,
  [x, y, gamma, mean, variance]: Saved,
  epsilon: number,
  activation: Activation,
): tf.Tensor[] {
  const inverse = tf.rsqrt(tf.add(variance, epsilon));
  const dSum = activation === "relu" ? tf.mul(dy, tf.step(y)) : dy;
  const normalized = tf.mul(tf.sub(x, mean), inverse);
  const dBeta = tf.sum(dSum, AXES);
  const dGamma = tf.sum(tf.mul(dSum, normalized), AXES);
  const throughStatistics = tf.div(
    tf.add(dBeta, tf.mul(normalized, dGamma)),
    x.size / x.shape[3]!,
  );
  const dx = tf.mul(tf.sub(dSum, throughStatistics), tf.mul(gamma, inverse));
  return [dx, dGamma, dBeta];
}

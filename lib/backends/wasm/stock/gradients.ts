import * as tf from "@tensorflow/tfjs";
import { reluGradients } from "../elementwise/relu_gradient.ts";
import { einsumGradient } from "../einsum/gradient.ts";
import { batchNormalizationGradient } from "./batch_normalization_gradient.ts";
import { gatherGradient } from "./gather_gradient.ts";

/**
 * Gradients that tfjs has not, or has wrong, on every backend. They are made of
 * its operations.
 */
export const gradients: tf.GradConfig[] = [
  batchNormalizationGradient,
  einsumGradient,
  gatherGradient,
  ...reluGradients,
  {
    // tfjs's own is transposed along any axis but the last.
    kernelName: "Cumsum",
    gradFunc(dy, _saved, attrs) {
      const { axis, exclusive, reverse } = attrs as {
        axis: number;
        exclusive: boolean;
        reverse: boolean;
      };
      return { x: () => tf.cumsum(dy as tf.Tensor, axis, exclusive, !reverse) };
    },
  },
  ofPair("Maximum", (dy, a, b) => [
    () => tf.mul(dy, tf.cast(tf.greaterEqual(a, b), "float32")),
    () => tf.mul(dy, tf.cast(tf.less(a, b), "float32")),
  ]),
  ofPair("Minimum", (dy, a, b) => [
    () => tf.mul(dy, tf.cast(tf.lessEqual(a, b), "float32")),
    () => tf.mul(dy, tf.cast(tf.greater(a, b), "float32")),
  ]),
  ofPair("SquaredDifference", (dy, a, b) => [
    () => tf.mul(dy, tf.mul(2, tf.sub(a, b))),
    () => tf.mul(dy, tf.mul(2, tf.sub(b, a))),
  ]),
  ofPair("Prelu", (dy, x, alpha) => [
    () => tf.where(tf.greater(x, 0), dy, tf.mul(dy, alpha)),
    () => tf.where(tf.greater(x, 0), tf.zerosLike(dy), tf.mul(dy, x)),
  ], ["x", "alpha"]),
];

/**
 * The gradient of a function of two tensors, either of which may be repeated to
 * the shape of the result: tfjs's own forget to sum over the repetitions.
 */
function ofPair(
  kernelName: string,
  derive: (
    dy: tf.Tensor,
    a: tf.Tensor,
    b: tf.Tensor,
  ) => [() => tf.Tensor, () => tf.Tensor],
  names: [string, string] = ["a", "b"],
): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: names,
    gradFunc(dy, saved) {
      const [a, b] = saved as [tf.Tensor, tf.Tensor];
      const [ofA, ofB] = derive(dy as tf.Tensor, a, b);
      return {
        [names[0]]: () => sumTo(ofA(), a.shape),
        [names[1]]: () => sumTo(ofB(), b.shape),
      };
    },
  };
}

/** Sums over the axes along which a tensor of this shape was repeated. */
function sumTo(x: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, x.shape);
  const sums = axes.length > 0 ? tf.sum(x, axes) : x;
  return tf.reshape(sums, shape);
}

import * as tf from "@tensorflow/tfjs";
import type {
  NormalizedConv2dOptions,
  NormalizedWeights,
} from "../../../../lib/nn2/layers/normalized_conv2d_options.ts";
import { normalValues } from "./shapes.ts";

/** How all of them work, but for the strides. */
export const settings = { epsilon: 1e-3, momentum: 0.9, inputGradient: true };

/** The settings with strides. */
export const withStrides = (strides: number): NormalizedConv2dOptions => ({
  ...settings,
  strides,
});

/** A layer's weights on the current backend. Its moving statistics are variables. */
export function layerOf(
  filter: readonly number[],
  seed: number,
): NormalizedWeights {
  const filters = filter.at(-1)!;
  const vector = (i: number) =>
    tf.tensor1d(normalValues([filters], 10 * seed + i));
  return {
    kernel: tf.tensor4d(
      normalValues(filter, 10 * seed),
      [...filter] as [number, number, number, number],
    ),
    bias: vector(1),
    gamma: vector(2),
    beta: vector(3),
    movingMean: tf.variable(vector(4)),
    movingVariance: tf.variable(tf.square(vector(5))),
  };
}

import type * as tf from "@tensorflow/tfjs";
import { checkValue } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import { checkShape } from "../../numeric/shape.ts";
import { checkWindow } from "./window.ts";

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

/** The statistics of NN2's batch normalization, see `NormalizedConvolution`. */
export const batchNormalizationDefaults = { epsilon: 1e-3, momentum: 0.9 };

/**
 * Refuses what a normalized convolution cannot be told.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If the strides are not a whole number of 1 or more, epsilon
 * is below 0, momentum not in [0, 1], or `inputGradient` neither true nor false.
 */
export function checkConvolution(
  action: string,
  options: NormalizedConv2dOptions,
): void {
  const { strides, epsilon, momentum, inputGradient } = optionsOf(
    action,
    options,
  );
  checkWindow(action, { strides });
  checkValue(action, "epsilon", epsilon, { type: "number", min: 0 });
  checkValue(action, "momentum", momentum, { type: "number", min: 0, max: 1 });
  checkValue(action, "inputGradient", inputGradient, { type: "boolean" });
}

/**
 * Refuses weights that do not fit images or each other: the kernels trust shapes.
 *
 * @throws {RangeError} If one has another shape.
 */
export function checkFit(
  action: string,
  x: tf.Tensor4D,
  weights: NormalizedWeights,
): void {
  const { kernel, ...perFilter } = optionsOf(action, weights);
  const window = ["height", "width", "channels", "filters"];
  checkShape(action, "kernel", kernel, window);
  const [, , channels, filters] = kernel.shape;
  checkShape(action, "x", x, ["batch", "height", "width", channels], 0);
  const { bias, gamma, beta, movingMean, movingVariance } = perFilter;
  const all = { bias, gamma, beta, movingMean, movingVariance };
  for (const [name, tensor] of Object.entries(all)) {
    checkShape(action, name, tensor, [filters]);
  }
  for (const [name, moved] of Object.entries({ movingMean, movingVariance })) {
    if (!("assign" in moved)) {
      refuse(action, `${name} to be a variable`, shown(moved));
    }
  }
}

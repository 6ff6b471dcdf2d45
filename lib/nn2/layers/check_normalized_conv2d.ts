import type * as tf from "@tensorflow/tfjs";
import { checkValue } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import { checkShape } from "../../numeric/shape.ts";
import { checkWindow } from "./check_window.ts";
import type {
  NormalizedConv2dOptions,
  NormalizedWeights,
} from "./normalized_conv2d_passes.ts";

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

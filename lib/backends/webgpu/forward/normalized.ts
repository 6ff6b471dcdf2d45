import { takeWeights } from "../../engine/normalization_weights.ts";
import { normalize } from "../norm/normalize.ts";
import { takeAll } from "../pointwise/take_all.ts";
import { takeNumbers } from "../runtime/check_numbers.ts";
import { any, type WebGpuKernel, webGpuKernel } from "../runtime/kernel.ts";
import { convolveMeasured } from "./measured.ts";
import { convolvedOf, takeConvolved } from "./take_convolved.ts";

/**
 * Convolutions with batch normalization and a ReLU in training, which are not part of
 * tfjs; see lib/nn2/layers/normalized_conv2d_operations.ts, which has the same from its
 * operations. Two launches each, or three where there are many pixels.
 *
 * - `NormalizedConv2DTraining`: `{x, filter, bias, gamma, beta, movingMean,
 *   movingVariance}` → `[y, z, constants, movingMean, movingVariance]`.
 * - `NormalizedPointwiseTraining`: several of 1×1 filters of the same images: `{x,
 *   filter0, bias0, …, filter1, …}` → five results for each, one after the other.
 */
export const normalizedTrainingKernels: WebGpuKernel[] = [
  webGpuKernel("NormalizedConv2DTraining", (call) => {
    const { strides } = call.attributes as { strides: unknown };
    const settings = takeNumbers(call, ["epsilon", "momentum"]);
    const given = takeConvolved(call, { strides, pad: "same" });
    const weights = takeWeights(call, given.windows.outChannels);
    const { z, moments } = convolveMeasured(call, given, weights);
    return normalize(call, z, moments, weights, settings);
  }),
  webGpuKernel("NormalizedPointwiseTraining", (call) => {
    const settings = takeNumbers(call, ["epsilon", "momentum"]);
    const x = call.take("x", [any, any, any, any]);
    const filters = takeAll(call, "filter", [1, 1, x.shape[3]!, any]);
    const layers = filters.map((filter, i) => ({
      given: convolvedOf(call, x, filter, { strides: 1, pad: "same" }),
      weights: takeWeights(call, filter.shape[3]!, i),
    }));
    return layers.flatMap(({ given, weights }) => {
      const { z, moments } = convolveMeasured(call, given, weights);
      return normalize(call, z, moments, weights, settings);
    });
  }),
];

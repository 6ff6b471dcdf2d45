import { takeNumbers } from "../runtime/check_numbers.ts";
import { type WebGpuKernel, webGpuKernel } from "../runtime/kernel.ts";
import { takeWeights } from "../../engine/normalization_weights.ts";
import { finishedConvolution, rectified } from "./finished.ts";
import { takeConvolved } from "./take_convolved.ts";

/** y = relu((z + bias − moving mean) · gamma / deviation + beta). */
const convolve = finishedConvolution({
  name: "normalized convolution",
  inputs: ["bias", "gamma", "beta", "movingMean", "movingVariance"],
  constants: { epsilon: "f32" },
  declare: (read, q) => `
  let mean${q} = ${read("movingMean")} - ${read("bias")};
  let variance${q} = ${read("movingVariance")};
  let scale${q} = ${read("gamma")} / sqrt(variance${q} + constants.epsilon);
  let beta${q} = ${read("beta")};`,
  valueOf: (sum, q) =>
    rectified(`((${sum} - mean${q}) * scale${q} + beta${q})`),
});

/**
 * A convolution with batch normalization by the moving statistics and a ReLU, in one
 * launch. Not part of tfjs; see lib/nn2/layers/normalized_conv2d_operations.ts.
 */
export const normalizedInferenceKernel: WebGpuKernel = webGpuKernel(
  "NormalizedConv2DInference",
  (call) => {
    const { strides } = call.attributes as { strides: unknown };
    const settings = takeNumbers(call, ["epsilon"]);
    const given = takeConvolved(call, { strides, pad: "same" });
    const weights = takeWeights(call, given.windows.outChannels);
    return convolve(call, given, weights, settings);
  },
);

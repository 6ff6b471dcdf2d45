import { checkBroadcast } from "../epilogue/activate.ts";
import { scratchSlot } from "../linking/scratch.ts";
import { channelView, layout } from "../runtime/channels.ts";
import {
  checkNumbers,
  checkTensor,
  refuseKernel,
} from "../runtime/check_inputs.ts";
import { wasmKernel } from "../runtime/kernel.ts";
import { rescale } from "./rescale.ts";

const constantSlot = scratchSlot("factors and zeros of a normalization");

/** tfjs's batch normalization with given statistics, one for each channel. */
export const batchNormalizationInferenceKernel = wasmKernel(
  "FusedBatchNorm",
  ({ name, host, input, inputs: { offset, scale }, attributes }) => {
    checkNumbers(name, attributes, ["varianceEpsilon"]);
    const { varianceEpsilon } = attributes;
    const x = input("x");
    if (x.shape.length === 0) refuseKernel(name, "x with channels", "a number");
    checkTensor(host, name, "x", x, x.shape);
    const { channels, rows } = layout(x);
    const [mean, variance] = [input("mean"), input("variance")];
    let perChannel = true;
    const constants = { mean, variance, offset, scale };
    for (const [of, constant] of Object.entries(constants)) {
      if (!constant) continue;
      checkBroadcast(host, name, of, constant, x.shape);
      perChannel &&= constant.shape.join() === String(channels);
    }
    if (!perChannel || rows * channels === 0) return undefined;

    const y = host.output(x.shape);
    const factors = host.scratch(constantSlot, 2 * channels * 4);
    const zeros = factors + channels * 4;
    const floats = host.floats().fill(0, zeros / 4, zeros / 4 + channels);
    const variances = channelView(host, variance, channels);
    const scales = scale && channelView(host, scale, channels);
    for (let c = 0; c < channels; c++) {
      floats[factors / 4 + c] = (scales?.[c] ?? 1) /
        Math.sqrt(variances[c]! + varianceEpsilon);
    }
    rescale(host, {
      x: host.addressOf(x),
      mean: host.addressOf(mean),
      scale: factors,
      beta: offset ? host.addressOf(offset) : zeros,
      y: host.addressOf(y),
      rows,
      channels,
      rectified: false,
    });
    return y;
  },
);

import { channelView, layout } from "./channels.ts";
import { hostOf } from "./host.ts";
import { override } from "./override.ts";

/** tfjs's batch normalization with given statistics, one for each channel. */
export const batchNormalizationInferenceKernel = override(
  "FusedBatchNorm",
  (inputs, attrs, backend) => {
    const { x, mean, variance, offset, scale } = inputs;
    const { varianceEpsilon } = attrs as { varianceEpsilon: number };
    const { channels, rows } = layout(x!);
    const constants = [mean!, variance!, offset, scale];
    const perChannel = constants.every((constant) =>
      !constant || constant.shape.join() === String(channels)
    );
    if (!perChannel || rows * channels === 0) return undefined;

    const host = hostOf(backend);
    const y = host.output(x!.shape);
    const factors = host.scratch("channel constants", 2 * channels * 4);
    const zeros = factors + channels * 4;
    const floats = host.floats().fill(0, zeros / 4, zeros / 4 + channels);
    const variances = channelView(host, variance!, channels);
    const scales = scale && channelView(host, scale, channels);
    for (let c = 0; c < channels; c++) {
      floats[factors / 4 + c] = (scales?.[c] ?? 1) /
        Math.sqrt(variances[c]! + varianceEpsilon);
    }
    host.call.scaleShift!(
      host.addressOf(x!),
      host.addressOf(mean!),
      factors,
      offset ? host.addressOf(offset) : zeros,
      host.addressOf(y),
      rows,
      channels,
    );
    return y;
  },
);

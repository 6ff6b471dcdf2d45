import type { TensorInfo } from "@tensorflow/tfjs";
import { checkBroadcast } from "../epilogue/activate.ts";
import { channelView, layout } from "../runtime/channels.ts";
import {
  checkNumbers,
  checkTensor,
  refuseKernel,
} from "../runtime/check_inputs.ts";
import { type Host, hostOf } from "../runtime/host.ts";
import { override } from "../runtime/override.ts";
import { callByRows, cutByValues } from "../runtime/row_pieces.ts";

/** tfjs's batch normalization with given statistics, one for each channel. */
export const batchNormalizationInferenceKernel = override(
  "FusedBatchNorm",
  (inputs, attrs, backend) => {
    const { x, mean, variance, offset, scale } = inputs;
    checkNumbers("FusedBatchNorm", attrs, ["varianceEpsilon"]);
    const { varianceEpsilon } = attrs;
    const constants = [mean, variance, offset, scale];
    const host = hostOf(backend);
    checkConstants(host, x, { mean, variance }, { offset, scale });
    const { channels, rows } = layout(x!);
    const perChannel = constants.every((constant) =>
      !constant || constant.shape.join() === String(channels)
    );
    if (!perChannel || rows * channels === 0) return undefined;

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
    callByRows(
      host,
      "scaleShift",
      [
        { at: host.addressOf(x!), step: channels * 4 },
        host.addressOf(mean!),
        factors,
        offset ? host.addressOf(offset) : zeros,
        { at: host.addressOf(y), step: channels * 4 },
        "rows",
        channels,
      ],
      cutByValues(rows, 2 * channels),
    );
    return y;
  },
);

type Given = Record<string, TensorInfo | undefined>;

/** Refuses what is missing, and statistics of other sizes than the values'. */
function checkConstants(
  host: Host,
  x: TensorInfo | undefined,
  needed: Given,
  optional: Given,
): void {
  const name = "FusedBatchNorm";
  if (!x || x.shape.length === 0) {
    return refuseKernel(name, "x with channels", x ? "a number" : "nothing");
  }
  checkTensor(host, name, "x", x, x.shape);
  for (const [of, tensor] of Object.entries({ ...needed, ...optional })) {
    if (!tensor && of in optional) continue;
    checkBroadcast(host, name, of, tensor, x.shape);
  }
}

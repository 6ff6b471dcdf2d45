import type { TensorInfo } from "@tensorflow/tfjs";
import type { NormalizationWeights } from "../../engine/normalization_weights.ts";
import type { BatchMoments } from "../epilogue/batch_moments.ts";
import { channelParts, channelView, layout } from "../runtime/channels.ts";
import type { Host } from "../runtime/host.ts";
import { rescale } from "./rescale.ts";

/**
 * Normalizes a convolution z by its moments: `[y, z, constants, movingMean,
 * movingVariance]`, where the constants `[4, filters]` are the mean, the inverse
 * deviation, the scale and beta of y = relu((z − mean) · scale + beta).
 */
export function normalize(
  host: Host,
  { z, ...weights }: NormalizationWeights & { z: TensorInfo },
  moments: BatchMoments,
  { epsilon, momentum }: Record<"epsilon" | "momentum", number>,
): TensorInfo[] {
  const filters = z.shape[3]!;
  const y = host.output(z.shape);
  const constants = host.output([4, filters]);
  const moved = [host.output([filters]), host.output([filters])] as const;
  const [mean, inverse, scale, beta] = channelParts(
    host.addressOf(constants),
    filters,
  );
  const floats = host.floats();
  const of = (name: keyof NormalizationWeights) =>
    channelView(host, weights[name], filters);
  const [bias, gamma] = [of("bias"), of("gamma")];
  const [movingMean, movingVariance] = [of("movingMean"), of("movingVariance")];
  const [movedMean, movedVariance] = moved.map((tensor) =>
    channelView(host, tensor, filters)
  ) as [Float32Array, Float32Array];
  floats.set(of("beta"), beta / 4);
  for (let c = 0; c < filters; c++) {
    const average = moments.mean[c]!;
    const variance = moments.variance[c]!;
    const deviation = Math.sqrt(variance + epsilon);
    floats[mean / 4 + c] = average;
    floats[inverse / 4 + c] = 1 / deviation;
    floats[scale / 4 + c] = gamma[c]! / deviation;
    movedMean[c] = momentum * movingMean[c]! +
      (1 - momentum) * (average + bias[c]!);
    movedVariance[c] = momentum * movingVariance[c]! +
      (1 - momentum) * variance;
  }
  rectify(host, z, constants, y);
  return [y, z, constants, ...moved];
}

/** y = relu((z − mean) · scale + beta), always the same bits. */
export function rectify(
  host: Host,
  z: TensorInfo,
  constants: TensorInfo,
  y: TensorInfo,
): void {
  const { rows, channels } = layout(z);
  const [mean, , scale, beta] = channelParts(
    host.addressOf(constants),
    channels,
  );
  const [x, to] = [host.addressOf(z), host.addressOf(y)];
  const rectified = true;
  rescale(host, { x, y: to, mean, scale, beta, rows, channels, rectified });
}

import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs";
import { sumsOfBatch } from "./batch_moments.ts";
import { createChannelSums } from "./channel_sums.ts";
import { channelParts, channelView, layout } from "./channels.ts";
import { hostOf, type WasmBackend } from "./host.ts";
import { share } from "./sharing.ts";

/**
 * The gradient of batch normalization and its ReLU, down to the convolution's
 * result z (`NormalizationGrad`, not part of tfjs): `{dy, z, constants}` →
 * `[dz, dGamma, dBeta]`, in two passes. Where the ReLU cut off follows from z.
 *
 * With `inPlace` dz takes the memory of dy, which nobody else may use then.
 */
export const normalizationGradientKernel: KernelConfig = {
  kernelName: "NormalizationGrad",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) =>
    gradient(
      backend as WasmBackend,
      inputs as unknown as Inputs,
      attrs as { inPlace: boolean },
    ),
};

type Inputs = Record<"dy" | "z" | "constants", TensorInfo>;

function gradient(
  backend: WasmBackend,
  { dy, z, constants }: Inputs,
  { inPlace }: { inPlace: boolean },
): TensorInfo[] {
  const host = hostOf(backend);
  const { channels, rows } = layout(z);
  const dz = inPlace ? dy : host.output(z.shape);
  const [dGamma, dBeta] = [host.output([channels]), host.output([channels])];
  const [mean, inverse, scale, beta] = channelParts(
    host.addressOf(constants),
    channels,
  );
  const [q, r] = channelParts(
    host.scratch("channel constants", 2 * channels * 4),
    channels,
  );
  const [slope, values] = [host.addressOf(dy), host.addressOf(z)];
  const line = [mean, scale, beta] as const;
  const { totals, add } = createChannelSums(host, channels, 2);
  add(rows, (first, count, addresses) =>
    host.call.normalizationSums!(
      slope + first * channels * 4,
      values + first * channels * 4,
      ...line,
      count,
      channels,
      ...addresses,
    ));

  // With ẑ = (z − mean) · inverse and g = dy where y > 0,
  // dz = scale · (g − (Σ g + ẑ · Σ g·ẑ) / rows) = g · scale + (z − mean) · q + r.
  // Where the batch is divided among threads, its mean and variance depend on all
  // parts, but γ and β get their gradients from each part, like any weight.
  const [ownGradients, ownProducts] = totals as [Float64Array, Float64Array];
  const batch = sumsOfBatch(rows, totals);
  const [gradients, products] = batch.sums as readonly [
    Float64Array,
    Float64Array,
  ];
  const floats = host.floats();
  const dGammas = channelView(host, dGamma, channels);
  channelView(host, dBeta, channels).set(ownGradients);
  for (let c = 0; c < channels; c++) {
    const share = floats[scale / 4 + c]! / Math.max(1, batch.rows);
    const deviation = floats[inverse / 4 + c]!;
    dGammas[c] = ownProducts[c]! * deviation;
    floats[q / 4 + c] = -share * products[c]! * deviation ** 2;
    floats[r / 4 + c] = -share * gradients[c]!;
  }
  host.call.normalizationGradient!(
    slope,
    values,
    ...line,
    q,
    r,
    host.addressOf(dz),
    rows,
    channels,
  );
  return [inPlace ? share(dy, backend) : dz, dGamma, dBeta];
}

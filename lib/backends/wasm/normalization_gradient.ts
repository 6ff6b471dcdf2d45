import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs";
import { type BatchSums, sumsOfBatch } from "./batch_moments.ts";
import { createChannelSums } from "./channel_sums.ts";
import { channelParts, channelView, layout } from "./channels.ts";
import { checkValues } from "./check_inputs.ts";
import { type Host, hostOf, type WasmBackend } from "./host.ts";
import { type Call, wasmKernel } from "./kernel.ts";
import { share } from "./sharing.ts";

/**
 * The gradient of batch normalization and its ReLU, down to the convolution's
 * result z (`NormalizationGrad`, not part of tfjs): `{dy, z, constants}` →
 * `[dz, dGamma, dBeta]`, in two passes. Where the ReLU cut off follows from z.
 *
 * With `inPlace` dz takes the memory of dy, which nobody else may use then.
 *
 * Where something else can be done while other threads of a batch are awaited,
 * the passes are two kernels, `NormalizationSums` and `NormalizationSlopes`.
 */
export const normalizationGradientKernels: KernelConfig[] = [
  wasmKernel("NormalizationGrad", (call) => {
    const given = checkInputs(call);
    const { inPlace = false } = call.attributes as { inPlace?: boolean };
    const own = sum(call.host, given);
    const sums = { own, batch: sumsOfBatch(own), inPlace };
    return slopes(call.backend, given, sums);
  }),
  wasmKernel("NormalizationSums", (call) => {
    const { take } = call.attributes as NormalizationSumsAttributes;
    take(sum(call.host, checkInputs(call)));
    return [];
  }),
  wasmKernel("NormalizationSlopes", (call) => {
    const given = checkInputs(call);
    const sums = call.attributes as NormalizationSlopesAttributes;
    const channels = given.z.shape[3]!;
    checkValues(call.name, "own sums", channels, sums.own?.sums);
    checkValues(call.name, "the batch's sums", channels, sums.batch?.sums);
    return slopes(call.backend, given, sums);
  }),
];

function checkInputs({ take }: Call): Inputs {
  const z = take("z");
  return {
    dy: take("dy", z.shape),
    z,
    constants: take("constants", [4, z.shape[3]!]),
  };
}

type Inputs = Record<"dy" | "z" | "constants", TensorInfo>;

/** What `NormalizationSums` is told: `{dy, z, constants}` → nothing. */
export interface NormalizationSumsAttributes {
  /** Gets Σ g and Σ g · (z − mean) of this thread's part, see `slopes`. */
  take(sums: BatchSums): void;
}

/** What `NormalizationSlopes` is told besides the same inputs. */
export interface NormalizationSlopesAttributes {
  /** Of this thread's part of the batch, */
  own: BatchSums;
  /** and of all parts. */
  batch: BatchSums;
  inPlace: boolean;
}

/** Σ g and Σ g · (z − mean) for each channel, where g is dy where y > 0. */
function sum(host: Host, { dy, z, constants }: Inputs): BatchSums {
  const { channels, rows } = layout(z);
  const [mean, , scale, beta] = channelParts(
    host.addressOf(constants),
    channels,
  );
  const [slope, values] = [host.addressOf(dy), host.addressOf(z)];
  const { totals: sums, add } = createChannelSums(host, channels, 2);
  add(rows, (first, count, addresses) =>
    host.call.normalizationSums!(
      slope + first * channels * 4,
      values + first * channels * 4,
      mean,
      scale,
      beta,
      count,
      channels,
      ...addresses,
    ));
  return { rows, sums };
}

/**
 * With ẑ = (z − mean) · inverse,
 * dz = scale · (g − (Σ g + ẑ · Σ g·ẑ) / rows) = g · scale + (z − mean) · q + r.
 *
 * Where the batch is divided among threads, its mean and variance depend on all
 * parts, but γ and β get their gradients from each part, like any weight.
 */
function slopes(
  backend: WasmBackend,
  { dy, z, constants }: Inputs,
  { own, batch, inPlace }: NormalizationSlopesAttributes,
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
  const [ownGradients, ownProducts] = pair(own);
  const [gradients, products] = pair(batch);
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
    host.addressOf(dy),
    host.addressOf(z),
    mean,
    scale,
    beta,
    q,
    r,
    host.addressOf(dz),
    rows,
    channels,
  );
  return [inPlace ? share(dy, backend) : dz, dGamma, dBeta];
}

const pair = ({ sums }: BatchSums) =>
  sums as readonly [Float64Array, Float64Array];

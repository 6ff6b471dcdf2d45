import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs";
import { channelView, layout } from "./channels.ts";
import { type Host, hostOf, type WasmBackend } from "./host.ts";

/**
 * Batch normalization with the batch's own statistics, and its gradient, in two
 * passes over the images each. Not part of tfjs, whose layer records some
 * fifteen operations; see lib/nn2/batch_normalize_training.ts, the reference.
 */
export const batchNormalizationKernels: KernelConfig[] = [
  {
    kernelName: "BatchNormTraining",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) =>
      normalize(
        hostOf(backend as WasmBackend),
        inputs as unknown as Parameters<typeof normalize>[1],
        attrs as unknown as Attributes,
      ),
  },
  {
    kernelName: "BatchNormTrainingGrad",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) =>
      gradient(
        hostOf(backend as WasmBackend),
        inputs as unknown as Parameters<typeof gradient>[1],
        attrs as unknown as Attributes,
      ),
  },
];

interface Attributes {
  epsilon: number;
  activation: "linear" | "relu";
}

/** `{x, gamma, beta}` → `[y, mean, variance]`. */
function normalize(
  host: Host,
  inputs: { x: TensorInfo; gamma: TensorInfo; beta: TensorInfo },
  { epsilon, activation }: Attributes,
): TensorInfo[] {
  const { channels, rows } = layout(inputs.x);
  const [y, mean, variance] = [
    host.output(inputs.x.shape),
    host.output([channels]),
    host.output([channels]),
  ] as const;
  const scale = host.scratch("channel constants", channels * 4);
  const x = host.addressOf(inputs.x);

  const means = channelView(host, mean, channels).fill(0);
  host.call.channelSums!(x, rows, channels, host.addressOf(mean));
  for (let c = 0; c < channels; c++) means[c]! /= Math.max(1, rows);

  // A second pass: E[x²] − E[x]² would cancel where the mean is large.
  const variances = channelView(host, variance, channels).fill(0);
  host.call.channelSquares!(
    x,
    host.addressOf(mean),
    rows,
    channels,
    host.addressOf(variance),
  );
  const gamma = channelView(host, inputs.gamma, channels);
  const floats = host.floats();
  for (let c = 0; c < channels; c++) {
    variances[c]! /= Math.max(1, rows);
    floats[scale / 4 + c] = gamma[c]! / Math.sqrt(variances[c]! + epsilon);
  }
  const kernel = activation === "relu" ? "rectifiedScaleShift" : "scaleShift";
  host.call[kernel]!(
    x,
    host.addressOf(mean),
    scale,
    host.addressOf(inputs.beta),
    host.addressOf(y),
    rows,
    channels,
  );
  return [y, mean, variance];
}

/** `{dy, x, y, gamma, mean, variance}` → `[dx, dGamma, dBeta]`. */
function gradient(
  host: Host,
  inputs: Record<
    "dy" | "x" | "y" | "gamma" | "mean" | "variance",
    TensorInfo
  >,
  { epsilon, activation }: Attributes,
): TensorInfo[] {
  const { channels, rows } = layout(inputs.x);
  const [dx, dGamma, dBeta] = [
    host.output(inputs.x.shape),
    host.output([channels]),
    host.output([channels]),
  ] as const;
  const constants = host.scratch("channel constants", 4 * channels * 4);
  const [inverse, p, q, r] = [0, 1, 2, 3].map((i) =>
    constants + i * channels * 4
  ) as [number, number, number, number];
  const [dy, x, y, mean] = [inputs.dy, inputs.x, inputs.y, inputs.mean].map(
    host.addressOf,
  ) as [number, number, number, number];
  const rectified = activation === "relu";

  const floats = host.floats();
  const variances = channelView(host, inputs.variance, channels);
  for (let c = 0; c < channels; c++) {
    floats[inverse / 4 + c] = 1 / Math.sqrt(variances[c]! + epsilon);
  }
  const gammas = channelView(host, inputs.gamma, channels);
  const dGammas = channelView(host, dGamma, channels).fill(0);
  const dBetas = channelView(host, dBeta, channels).fill(0);
  host.call[rectified ? "rectifiedNormalizationSums" : "normalizationSums"]!(
    dy,
    y,
    x,
    mean,
    inverse,
    rows,
    channels,
    host.addressOf(dBeta),
    host.addressOf(dGamma),
  );
  // dx = γ·inverse · (dy − (Σdy + x̂ · Σdy·x̂) / rows), x̂ = (x − mean)·inverse,
  // put in the form dy·p + (x − mean)·q + r.
  for (let c = 0; c < channels; c++) {
    const inv = floats[inverse / 4 + c]!;
    const factor = gammas[c]! * inv;
    floats[p / 4 + c] = factor;
    floats[q / 4 + c] = -factor * inv * dGammas[c]! / Math.max(1, rows);
    floats[r / 4 + c] = -factor * dBetas[c]! / Math.max(1, rows);
  }
  const kernel = rectified
    ? "rectifiedNormalizationGradient"
    : "normalizationGradient";
  host.call[kernel]!(
    dy,
    y,
    x,
    mean,
    p,
    q,
    r,
    host.addressOf(dx),
    rows,
    channels,
  );
  return [dx, dGamma, dBeta];
}

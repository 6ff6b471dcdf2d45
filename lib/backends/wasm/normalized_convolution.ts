import * as tf from "@tensorflow/tfjs";
import { type BatchMoments, momentsOfBatch } from "./batch_moments.ts";
import { channelParts, channelView, layout } from "./channels.ts";
import { conv2d } from "./conv2d.ts";
import type { Finish } from "./convolve.ts";
import { type Host, hostOf, type WasmBackend } from "./host.ts";
import { measureMoments } from "./measured_moments.ts";
import { normalizationGradientKernels } from "./normalization_gradient.ts";

/**
 * A convolution with batch normalization and a ReLU, for training and inference,
 * and the part of its gradient before the convolution's. Not part of tfjs; see
 * lib/nn2/normalized_conv2d_passes.ts, which has the same from its operations.
 *
 * Where something else can be done while other threads of a batch are awaited,
 * training is two kernels instead, `Conv2DMoments` and `NormalizedRelu`.
 */
export const normalizedConvolutionKernels: tf.KernelConfig[] = [
  {
    kernelName: "NormalizedConv2DTraining",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const host = hostOf(backend as WasmBackend);
      const given = inputs as unknown as Inputs<"x" | "filter" | Weight>;
      const settings = attrs as unknown as TrainingAttributes;
      const { z, moments } = convolveMeasured(host, given, settings.strides);
      const batch = momentsOfBatch(moments);
      const [y, ...others] = normalize(host, { ...given, z }, batch, settings);
      return [y!, z, ...others];
    },
  },
  {
    kernelName: "Conv2DMoments",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const given = inputs as unknown as Inputs<"x" | "filter">;
      const { strides, take } = attrs as unknown as Conv2DMomentsAttributes;
      const host = hostOf(backend as WasmBackend);
      const { z, moments } = convolveMeasured(host, given, strides);
      take(moments);
      return z;
    },
  },
  {
    kernelName: "NormalizedRelu",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { moments, ...settings } = attrs as unknown as
        & NormalizedReluAttributes
        & TrainingAttributes;
      const given = inputs as unknown as Inputs<"z" | Weight>;
      return normalize(
        hostOf(backend as WasmBackend),
        given,
        moments,
        settings,
      );
    },
  },
  {
    kernelName: "NormalizedConv2DInference",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) =>
      infer(
        hostOf(backend as WasmBackend),
        inputs as unknown as Inputs<"x" | "filter" | Weight>,
        attrs as unknown as Attributes,
      ),
  },
  ...normalizationGradientKernels,
];

type Inputs<Name extends string> = Record<Name, tf.TensorInfo>;
type Weight = "bias" | "gamma" | "beta" | "movingMean" | "movingVariance";

interface Attributes {
  strides: number;
  epsilon: number;
}
interface TrainingAttributes extends Attributes {
  momentum: number;
}

/** What `Conv2DMoments` is told: `{x, filter}` → z, the convolution. */
export interface Conv2DMomentsAttributes {
  strides: number;
  /** Gets the moments of z, of this thread's part of the batch. */
  take(moments: BatchMoments): void;
}

/**
 * What `NormalizedRelu` is told: `{z, and the weights}` → `[y, constants,
 * movingMean, movingVariance]`.
 */
export interface NormalizedReluAttributes {
  /** Of z over the whole batch. */
  moments: BatchMoments;
}

/** The convolution z, and its moments per filter. */
function convolveMeasured(
  host: Host,
  { x, filter }: Inputs<"x" | "filter">,
  strides: number,
): { z: tf.TensorInfo; moments: BatchMoments } {
  const { finish, moments } = measureMoments(host, filter.shape[3]!);
  const info = geometry(x, filter, strides);
  const z = conv2d(host, x, filter, info, finish, true);
  return { z, moments: moments() };
}

/**
 * `[y, constants, movingMean, movingVariance]`: the constants `[4, filters]` are
 * the mean, the inverse deviation, the scale and beta of
 * y = relu((z − mean) · scale + beta).
 */
function normalize(
  host: Host,
  { z, ...weights }: Inputs<"z" | Weight>,
  moments: BatchMoments,
  { epsilon, momentum }: TrainingAttributes,
): tf.TensorInfo[] {
  const { rows, channels: filters } = layout(z);
  const y = host.output(z.shape);
  const constants = host.output([4, filters]);
  const moved = [host.output([filters]), host.output([filters])] as const;
  const [mean, inverse, scale, beta] = channelParts(
    host.addressOf(constants),
    filters,
  );
  const floats = host.floats();
  const of = (name: Weight) => channelView(host, weights[name], filters);
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
  host.call.rectifiedScaleShift!(
    host.addressOf(z),
    mean,
    scale,
    beta,
    host.addressOf(y),
    rows,
    filters,
  );
  return [y, constants, ...moved];
}

/** `{x, and the weights}` → y, by the moving statistics. */
function infer(
  host: Host,
  inputs: Inputs<"x" | "filter" | Weight>,
  { strides, epsilon }: Attributes,
): tf.TensorInfo {
  const { x, filter } = inputs;
  const filters = filter.shape[3]!;
  const of = (name: Weight) => channelView(host, inputs[name], filters);
  const table = host.scratch("channel constants", 2 * filters * 4);
  const [mean, scale] = channelParts(table, filters);
  const floats = host.floats();
  const [bias, gamma] = [of("bias"), of("gamma")];
  const [movingMean, movingVariance] = [of("movingMean"), of("movingVariance")];
  for (let c = 0; c < filters; c++) {
    floats[mean / 4 + c] = movingMean[c]! - bias[c]!;
    floats[scale / 4 + c] = gamma[c]! / Math.sqrt(movingVariance[c]! + epsilon);
  }
  const beta = host.addressOf(inputs.beta);
  const info = geometry(x, filter, strides);
  const finish: Finish = (y, rows) =>
    host.call.rectifiedScaleShift!(y, mean, scale, beta, y, rows, filters);
  return conv2d(host, x, filter, info, finish, true);
}

function geometry(
  x: tf.TensorInfo,
  filter: tf.TensorInfo,
  strides: number,
): tf.backend_util.Conv2DInfo {
  return tf.backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filter.shape as [number, number, number, number],
    strides,
    1,
    "same",
  );
}

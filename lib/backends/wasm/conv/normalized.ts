import type * as tf from "@tensorflow/tfjs";
import type { BatchMoments } from "../epilogue/batch_moments.ts";
import { channelParts, channelView, layout } from "../runtime/channels.ts";
import { checkNumbers, checkValues } from "../runtime/check_inputs.ts";
import { conv2d } from "./conv2d.ts";
import { convolutionGeometry } from "../windows/convolution_geometry.ts";
import type { Geometry } from "../windows/geometry.ts";
import type { Host } from "../runtime/host.ts";
import { type Call, type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import { measureMoments } from "../epilogue/measured_moments.ts";
import { normalizationGradientKernel } from "../norm/gradient.ts";
import { rescale } from "../norm/rescale.ts";
import { scratchSlot } from "../linking/scratch.ts";

/**
 * A convolution with batch normalization and a ReLU, for training and inference,
 * and the part of its gradient before the convolution's. Not part of tfjs; see
 * lib/nn2/layers/normalized_conv2d_operations.ts, which has the same from its operations.
 *
 * Where a convolution's moments are known, `NormalizedRelu` is what follows it, and
 * `RecomputeNormalizedRelu` makes its y once more: `{z, constants}` → y.
 */
export const normalizedConvolutionKernels: WasmKernel[] = [
  wasmKernel("NormalizedConv2DTraining", (call) => {
    const { host, name, attributes } = call;
    checkNumbers(name, attributes, ["epsilon", "momentum"]);
    const convolved = checkConvolved(call);
    const weights = checkWeights(call, convolved.info.outChannels);
    const { z, moments } = convolveMeasured(host, convolved);
    const given = { ...weights, z };
    const [y, ...others] = normalize(host, given, moments, attributes);
    return [y!, z, ...others];
  }),
  wasmKernel("NormalizedRelu", (call) => {
    const { host, name, attributes } = call;
    const { moments } = attributes as NormalizedReluAttributes;
    checkNumbers(name, attributes, ["epsilon", "momentum"]);
    const z = call.take("z");
    const filters = z.shape[3]!;
    checkValues(name, "moments", filters, [moments?.mean, moments?.variance]);
    const weights = checkWeights(call, filters);
    return normalize(host, { ...weights, z }, moments, attributes);
  }),
  wasmKernel("RecomputeNormalizedRelu", ({ host, take }) => {
    const z = take("z");
    const constants = take("constants", [4, z.shape[3]!]);
    const y = host.output(z.shape);
    rectify(host, z, constants, y);
    return y;
  }),
  wasmKernel("NormalizedConv2DInference", (call) => {
    const { host, name, attributes } = call;
    checkNumbers(name, attributes, ["epsilon"]);
    const convolved = checkConvolved(call);
    const weights = checkWeights(call, convolved.info.outChannels);
    return infer(host, convolved, weights, attributes.epsilon);
  }),
  normalizationGradientKernel,
];

/** Images and filters of a convolution, and where its windows lie. */
interface Convolved extends Inputs<"x" | "filter"> {
  info: Geometry;
}

function checkConvolved({ name, take, attributes }: Call): Convolved {
  const [x, filter] = [take("x"), take("filter")];
  const { strides } = attributes as { strides: number };
  const windows = { strides, pad: "same" };
  const info = convolutionGeometry(name, x.shape, filter.shape, windows);
  return { x, filter, info };
}

function checkWeights({ take }: Call, filters: number): Inputs<Weight> {
  return {
    bias: take("bias", [filters]),
    gamma: take("gamma", [filters]),
    beta: take("beta", [filters]),
    movingMean: take("movingMean", [filters]),
    movingVariance: take("movingVariance", [filters]),
  };
}

type Inputs<Name extends string> = Record<Name, tf.TensorInfo>;
type Weight = "bias" | "gamma" | "beta" | "movingMean" | "movingVariance";

/**
 * What `NormalizedRelu` is told: `{z, and the weights}` → `[y, constants,
 * movingMean, movingVariance]`.
 */
export interface NormalizedReluAttributes {
  /** Of z. */
  moments: BatchMoments;
}

/** The convolution z, and its moments per filter. */
function convolveMeasured(
  host: Host,
  { x, filter, info }: Convolved,
): { z: tf.TensorInfo; moments: BatchMoments } {
  const { finish, moments } = measureMoments(host, info.outChannels);
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
  { epsilon, momentum }: Record<"epsilon" | "momentum", number>,
): tf.TensorInfo[] {
  const filters = z.shape[3]!;
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
  rectify(host, z, constants, y);
  return [y, constants, ...moved];
}

/** y = relu((z − mean) · scale + beta), always the same bits. */
function rectify(
  host: Host,
  z: tf.TensorInfo,
  constants: tf.TensorInfo,
  y: tf.TensorInfo,
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

const constantSlot = scratchSlot("constants of an inference");

/** y, by the moving statistics. */
function infer(
  host: Host,
  { x, filter, info }: Convolved,
  weights: Inputs<Weight>,
  epsilon: number,
): tf.TensorInfo {
  const filters = info.outChannels;
  const of = (name: Weight) => channelView(host, weights[name], filters);
  const table = host.scratch(constantSlot, 2 * filters * 4);
  const [mean, scale] = channelParts(table, filters);
  const floats = host.floats();
  const [bias, gamma] = [of("bias"), of("gamma")];
  const [movingMean, movingVariance] = [of("movingMean"), of("movingVariance")];
  for (let c = 0; c < filters; c++) {
    floats[mean / 4 + c] = movingMean[c]! - bias[c]!;
    floats[scale / 4 + c] = gamma[c]! / Math.sqrt(movingVariance[c]! + epsilon);
  }
  const beta = host.addressOf(weights.beta);
  const finish = { kind: "normalize", mean, scale, beta } as const;
  return conv2d(host, x, filter, info, () => finish, true);
}

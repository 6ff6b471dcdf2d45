import type { TensorInfo } from "@tensorflow/tfjs";
import type { BatchMoments } from "../epilogue/batch_moments.ts";
import { channelParts, channelView } from "../runtime/channels.ts";
import { checkNumbers } from "../runtime/check_inputs.ts";
import { conv2d } from "./conv2d.ts";
import { convolutionGeometry } from "../windows/convolution_geometry.ts";
import type { Geometry } from "../windows/geometry.ts";
import type { Host } from "../runtime/host.ts";
import { type Call, type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import { measureMoments } from "../epilogue/measured_moments.ts";
import { normalizationGradientKernel } from "../norm/gradient.ts";
import {
  type NormalizationWeights,
  takeWeights,
} from "../../engine/normalization_weights.ts";
import { normalize, rectify } from "../norm/normalize.ts";
import { scratchSlot } from "../linking/scratch.ts";

/**
 * A convolution with batch normalization and a ReLU, for training and inference,
 * and the part of its gradient before the convolution's. Not part of tfjs; see
 * lib/nn2/layers/normalized_conv2d_operations.ts, which has the same from its operations.
 *
 * `RecomputeNormalizedRelu` makes y once more: `{z, constants}` → y.
 */
export const normalizedConvolutionKernels: WasmKernel[] = [
  wasmKernel("NormalizedConv2DTraining", (call) => {
    const { host, name, attributes } = call;
    checkNumbers(name, attributes, ["epsilon", "momentum"]);
    const convolved = checkConvolved(call);
    const weights = takeWeights(call, convolved.info.outChannels);
    const { z, moments } = convolveMeasured(host, convolved);
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
    const weights = takeWeights(call, convolved.info.outChannels);
    return infer(host, convolved, weights, attributes.epsilon);
  }),
  normalizationGradientKernel,
];

/** Images and filters of a convolution, and where its windows lie. */
interface Convolved {
  x: TensorInfo;
  filter: TensorInfo;
  info: Geometry;
}

function checkConvolved({ name, take, attributes }: Call): Convolved {
  const [x, filter] = [take("x"), take("filter")];
  const { strides } = attributes as { strides: number };
  const windows = { strides, pad: "same" };
  const info = convolutionGeometry(name, x.shape, filter.shape, windows);
  return { x, filter, info };
}

/** The convolution z, and its moments per filter. */
function convolveMeasured(
  host: Host,
  { x, filter, info }: Convolved,
): { z: TensorInfo; moments: BatchMoments } {
  const { finish, moments } = measureMoments(host, info.outChannels);
  const z = conv2d(host, x, filter, info, finish, true);
  return { z, moments: moments() };
}

const constantSlot = scratchSlot("constants of an inference");

/** y, by the moving statistics. */
function infer(
  host: Host,
  { x, filter, info }: Convolved,
  weights: NormalizationWeights,
  epsilon: number,
): TensorInfo {
  const filters = info.outChannels;
  const of = (name: keyof NormalizationWeights) =>
    channelView(host, weights[name], filters);
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

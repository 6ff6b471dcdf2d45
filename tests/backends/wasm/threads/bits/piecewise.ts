import * as tf from "@tensorflow/tfjs";
import {
  oneFunctions,
  pairFunctions,
} from "../../../../../lib/backends/wasm/elementwise/functions.ts";

/** A call of a kernel whose work is large enough to be cut into pieces. */
export interface PiecewiseCase {
  kernel: string;
  /** What is special about it. */
  name?: string;
  /** Shapes for normal numbers, or tensors. */
  inputs: Record<string, number[] | (() => tf.Tensor)>;
  attributes?: Record<string, unknown>;
}

/** Sides and channels that end within a vector and within a piece. */
const images = [67, 13, 15, 37];
const window = { filterSize: 3, strides: 2, pad: "same" };
const pooled = [67, 7, 8, 37];
const many = [83, 61, 37];
const channels = { mean: [37], offset: [37], scale: [37] };
const positive = () => tf.square(tf.randomNormal([37], 0, 1, "float32", 5));

/** All kernels whose work is shared out among threads, but for convolutions'. */
export const piecewise: PiecewiseCase[] = [
  ...["MaxPool", "AvgPool", "L2Pool"].map((kernel) => ({
    kernel,
    inputs: { x: images },
    attributes: window,
  })),
  ...["MaxPoolGrad", "AvgPoolGrad", "L2PoolGrad"].map((kernel) => ({
    kernel,
    inputs: { input: images, output: pooled, dy: pooled },
    attributes: window,
  })),
  {
    kernel: "FusedBatchNorm",
    inputs: { x: [83, 4, 61, 37], variance: positive, ...channels },
    attributes: { varianceEpsilon: 1e-3 },
  },
  {
    kernel: "RecomputeNormalizedRelu",
    inputs: { z: [83, 4, 61, 37], constants: [4, 37] },
  },
  ...[true, false].map((inPlace) => ({
    kernel: "NormalizationGrad",
    name: `NormalizationGrad ${inPlace ? "in place" : "beside dy"}`,
    inputs: {
      dy: [83, 4, 61, 37],
      z: [83, 4, 61, 37],
      constants: [4, 37],
    },
    attributes: { inPlace },
  })),
  {
    kernel: "Concat",
    inputs: { 0: [301, 5, 97], 1: [301, 8, 97], 2: [301, 1, 97] },
    attributes: { axis: 1 },
  },
  {
    kernel: "SplitV",
    inputs: { x: [301, 14, 97] },
    attributes: { numOrSizeSplits: [5, 1, 8], axis: 1 },
  },
  {
    kernel: "AdamUpdate",
    inputs: {
      weights: many,
      mean: many,
      square: () => tf.square(tf.randomNormal(many, 0, 1, "float32", 5)),
      gradient: many,
    },
    attributes: {
      ...{ beta1: 0.9, rest1: 0.1, beta2: 0.99, rest2: 0.01 },
      ...{ step: 0.1, correction: 1, epsilon: 1e-8 },
    },
  },
  ...oneFunctions.map(({ name }) => ({
    kernel: name,
    inputs: { x: [301, 997] },
  })),
  ...pairFunctions.flatMap(({ name: kernel }) =>
    [[301, 997], [997], []].map((b) => ({
      kernel,
      name: `${kernel} of [301, 997] and [${b.join(", ")}]`,
      inputs: { a: [301, 997], b },
    }))
  ),
  { kernel: "ReluGrad", inputs: { dy: [301, 997], x: [301, 997] } },
  ...["Sum", "Mean"].flatMap((kernel) =>
    [[[301, 997], 1], [[60100, 13], 0], [[5, 41000, 3], 1], [[9999, 3, 20], 1]]
      .map(([shape, axis]) => ({
        kernel,
        name: `${kernel} of [${shape}] along axis ${axis}`,
        inputs: { x: shape as number[] },
        attributes: { axis },
      }))
  ),
  {
    kernel: "UnsortedSegmentSum",
    inputs: {
      x: [3001, 37],
      segmentIds: () => tf.randomUniform([3001], -9, 20000, "int32", 3),
    },
    attributes: { numSegments: 19999 },
  },
  {
    kernel: "DepthwiseConv2dNative",
    // tfjs's own leaves no room for windows that leave pixels out.
    inputs: { x: [39, 41, 43, 37], filter: [2, 2, 37, 1] },
    attributes: { strides: 3, pad: "valid", dilations: 1 },
  },
  {
    kernel: "DepthwiseConv2dNativeBackpropInput",
    inputs: { dy: [19, 21, 21, 39], filter: [3, 3, 13, 3] },
    attributes: {
      ...{ strides: 2, pad: "same", dilations: 1 },
      inputShape: [19, 41, 41, 13],
    },
  },
  {
    kernel: "DepthwiseConv2dNativeBackpropFilter",
    inputs: { dy: [19, 21, 21, 39], x: [19, 41, 41, 13] },
    attributes: {
      ...{ strides: 2, pad: "same", dilations: 1 },
      filterShape: [3, 3, 13, 3],
    },
  },
];

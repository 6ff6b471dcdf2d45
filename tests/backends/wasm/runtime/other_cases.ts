import {
  dy,
  images,
  type KernelCase,
  noStride,
  pixels,
} from "./kernel_case.ts";

const weights = {
  bias: [7],
  gamma: [7],
  beta: [7],
  movingMean: [7],
  movingVariance: [7],
};
const settings = { strides: 2, epsilon: 1e-3, momentum: 0.9 };
const noSettings = (...names: string[]) =>
  names.flatMap((name) => [undefined, NaN, "1"].map((v) => ({ [name]: v })));
const numbered = (number: number, shapes: Record<string, number[]>) =>
  Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [`${name}${number}`, shape]),
  );

/** The other kernels of lib/backends/wasm. */
export const otherCases: KernelCase[] = [
  {
    kernel: "BatchMatMul",
    inputs: { a: [2, 3, 4], b: [2, 4, 5] },
    free: { a: [1], b: [2] },
    anyRank: ["a", "b"],
    attributes: { transposeA: false, transposeB: false },
    wrong: [{ transposeA: true }, { transposeB: true }],
  },
  {
    kernel: "_FusedMatMul",
    inputs: {
      a: [2, 3, 4],
      b: [2, 4, 5],
      bias: [3, 5],
      preluActivationWeights: [5],
    },
    anyRank: ["a", "b", "bias", "preluActivationWeights"],
    optional: ["bias"],
    attributes: { transposeA: false, transposeB: false, activation: "prelu" },
    wrong: [{ transposeA: true }, { activation: "swish" }],
  },
  {
    kernel: "NormalizedConv2DTraining",
    inputs: { ...images, ...weights },
    free: { x: pixels, filter: [0, 1] },
    attributes: settings,
    wrong: [...noStride, ...noSettings("epsilon", "momentum")],
  },
  {
    kernel: "NormalizedConv2DInference",
    inputs: { ...images, ...weights },
    free: { x: pixels, filter: [0, 1] },
    attributes: settings,
    wrong: [...noStride, ...noSettings("epsilon")],
  },
  {
    kernel: "RecomputeNormalizedRelu",
    inputs: { z: dy, constants: [4, 7] },
    free: { z: pixels },
    attributes: {},
    wrong: [],
  },
  {
    kernel: "NormalizationGrad",
    inputs: { dy, z: dy, constants: [4, 7] },
    attributes: { inPlace: false },
    wrong: [],
  },
  {
    kernel: "NormalizedPointwiseTraining",
    inputs: {
      x: images.x,
      ...numbered(0, { filter: [1, 1, 4, 7], ...weights }),
      ...numbered(1, { filter: [1, 1, 4, 7], ...weights }),
    },
    free: { x: pixels },
    optional: ["filter1"],
    attributes: settings,
    wrong: noSettings("epsilon", "momentum"),
  },
  {
    kernel: "PointwiseBackpropInput",
    inputs: {
      dy0: [2, 5, 6, 3],
      dy1: [2, 5, 6, 8],
      filter0: [1, 1, 4, 3],
      filter1: [1, 1, 4, 8],
      sum: images.x,
    },
    optional: ["sum"],
    attributes: {},
    wrong: [],
  },
  {
    kernel: "PointwiseBackpropFilter",
    inputs: { x: images.x, dy0: [2, 5, 6, 3], dy1: [2, 5, 6, 8] },
    free: { x: [3], dy0: [3], dy1: [3] },
    optional: ["dy1"],
    attributes: {},
    wrong: [],
  },
  {
    kernel: "FusedBatchNorm",
    inputs: { x: images.x, mean: [4], variance: [4], offset: [4], scale: [4] },
    free: { x: pixels },
    anyRank: ["x", "mean", "variance", "offset", "scale"],
    optional: ["offset", "scale"],
    attributes: { varianceEpsilon: 1e-3 },
    wrong: noSettings("varianceEpsilon"),
  },
  {
    kernel: "Concat",
    inputs: { 0: [2, 3, 4], 1: [2, 5, 4] },
    free: { 0: [1], 1: [1] },
    optional: ["0", "1"],
    types: { 0: "any", 1: "any" },
    attributes: { axis: 1 },
    wrong: [3, -4, 0.5, NaN, 0].map((axis) => ({ axis })),
  },
  {
    kernel: "SplitV",
    inputs: { x: [2, 6, 4] },
    free: { x: [0, 2] },
    anyRank: ["x"],
    types: { x: "any" },
    attributes: { numOrSizeSplits: [1, 3, 2], axis: 1 },
    wrong: [
      ...[3, -4, 0.5, NaN].map((axis) => ({ axis })),
      ...[
        ...[undefined, 0, -1, -2, 4, 1.5, NaN, [1, 2], [7, -1], [8, -2]],
        [-1, -1, 6],
        [0.5, 5.5],
        [1, NaN],
      ].map((numOrSizeSplits) => ({ numOrSizeSplits })),
    ],
  },
  {
    kernel: "Identity",
    inputs: { x: [2, 3] },
    free: { x: [0, 1] },
    anyRank: ["x"],
    types: { x: "any" },
    attributes: {},
    wrong: [],
  },
  {
    kernel: "UnsortedSegmentSum",
    inputs: { x: [6, 4], segmentIds: [6] },
    free: { x: [1] },
    anyRank: ["x"],
    types: { x: "any", segmentIds: "int32" },
    attributes: { numSegments: 3 },
    wrong: [undefined, -1, 0.5, NaN, "3"].map((numSegments) => ({
      numSegments,
    })),
  },
  ...["SparseSegmentSum", "SparseSegmentMean"].map((kernel) => ({
    kernel,
    inputs: { data: [6, 4], indices: [3], segmentIds: [3] },
    free: { data: [0, 1] },
    anyRank: ["data"],
    types: {
      data: "any" as const,
      indices: "int32" as const,
      segmentIds: "int32" as const,
    },
    attributes: {},
    wrong: [],
  })),
  {
    kernel: "AdamUpdate",
    inputs: { weights: [3, 4], mean: [3, 4], square: [3, 4], gradient: [3, 4] },
    attributes: {
      ...{ beta1: 0.9, rest1: 0.1, beta2: 0.99, rest2: 0.01 },
      ...{ step: 0.1, correction: 1, epsilon: 1e-8 },
    },
    wrong: noSettings("beta1", "step", "correction", "epsilon"),
  },
  {
    kernel: "ReluGrad",
    inputs: { dy: [3, 4], x: [3, 4] },
    attributes: {},
    wrong: [],
  },
];

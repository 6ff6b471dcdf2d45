import {
  dy,
  images,
  imagesFree,
  type KernelCase,
  noStride,
  pixels,
} from "../runtime/kernel_case.ts";

const noDilation = [0, -1, 1.5, NaN, [2, 0]]
  .map((dilations) => ({ dilations }));
const noPadding = [
  ...[-1, 0.5, NaN, "sam", undefined, [1, 1], [[0, 0], [1, 1], [1, 1]]],
  [[0, 0], [-1, 0], [0, 0], [0, 0]],
].map((pad) => ({ pad }));
const noRounding = [{ pad: 0, dimRoundingMode: "up" }];
const noWindow = [0, -1, 1.5, NaN, undefined, [2, 0]]
  .map((filterSize) => ({ filterSize }));
/** A valid window must fit: 5×6 pixels. */
const tooLarge = [[7, 1], [1, 9], 8]
  .map((filterSize) => ({ filterSize, strides: 1, pad: "valid" }));
/** It must see something of the image. */
const beside = [{ pad: 3 }, { pad: [[0, 0], [3, 0], [0, 0], [0, 0]] }];
/** Shapes that are told, where `[2, 5, 6, 4]` or the like is right. */
const noShapes = (name: string, right: number[]) =>
  [
    undefined,
    "shape",
    right.slice(1),
    [...right, 1],
    ...right.flatMap((side, axis) =>
      [side + 1, -side, side + 0.5, NaN, 1e9].map((other) =>
        right.with(axis, other)
      )
    ),
  ].map((shape) => ({ [name]: shape }));

const convolution = { strides: 2, pad: "same", dataFormat: "NHWC" };
const noConvolution = [
  ...noStride,
  ...noDilation,
  ...noPadding,
  ...noRounding,
  { dataFormat: "NCHW" },
];
const noFit = { strides: 1, pad: "valid", dilations: [4, 1] };
const pooling = { filterSize: 3, strides: 2, pad: "same" };
const noPooling = [
  ...noStride,
  ...noPadding,
  ...noRounding,
  ...noWindow,
  ...tooLarge,
  ...beside,
  { dataFormat: "NCHW" },
];
const pooled = { dy: [2, 3, 3, 4], input: [2, 5, 6, 4] };

const filterGradient = (kernel: string, dy: number[]): KernelCase => ({
  kernel,
  inputs: { x: images.x, dy },
  attributes: {
    ...convolution,
    strides: 1,
    pad: "valid",
    filterShape: [3, 4, 4, 7],
  },
  wrong: [...noConvolution, ...noShapes("filterShape", [3, 4, 4, 7])],
});

/** The kernels with windows, and those of tfjs that are told what to do. */
export const windowCases: KernelCase[] = [
  {
    kernel: "Conv2D",
    inputs: images,
    free: imagesFree,
    attributes: convolution,
    wrong: [...noConvolution, noFit],
  },
  {
    kernel: "FusedConv2D",
    inputs: { ...images, bias: [7], preluActivationWeights: [3, 1, 7] },
    free: { x: pixels, filter: [0, 1] },
    optional: ["bias"],
    anyRank: ["preluActivationWeights"],
    attributes: { ...convolution, activation: "prelu" },
    wrong: [
      ...noConvolution,
      { ...noFit, activation: "relu" },
      { activation: "constructor" },
      { leakyreluAlpha: NaN },
    ],
  },
  {
    kernel: "Conv2DBackpropInput",
    inputs: { dy, filter: images.filter, sum: images.x },
    free: { filter: [0, 1] },
    optional: ["sum"],
    attributes: { ...convolution, inputShape: images.x },
    wrong: [...noConvolution, noFit, ...noShapes("inputShape", images.x)],
  },
  filterGradient("Conv2DBackpropFilter", dy),
  {
    kernel: "DepthwiseConv2dNative",
    inputs: images,
    free: imagesFree,
    attributes: convolution,
    wrong: [...noConvolution, noFit],
  },
  {
    kernel: "FusedDepthwiseConv2D",
    inputs: { ...images, bias: [28], preluActivationWeights: [28] },
    free: { x: pixels, filter: [0, 1] },
    optional: ["bias"],
    anyRank: ["preluActivationWeights"],
    attributes: { ...convolution, activation: "prelu" },
    wrong: [...noConvolution, noFit, { activation: "tanh" }],
  },
  {
    kernel: "DepthwiseConv2dNativeBackpropInput",
    inputs: { dy: [2, 3, 4, 28], filter: images.filter },
    attributes: {
      ...convolution,
      strides: 1,
      pad: "valid",
      inputShape: images.x,
    },
    wrong: [...noConvolution, noFit, ...noShapes("inputShape", images.x)],
  },
  filterGradient("DepthwiseConv2dNativeBackpropFilter", [2, 3, 3, 28]),
  {
    kernel: "Dilation2D",
    inputs: { x: images.x, filter: [3, 3, 4] },
    free: { x: pixels, filter: [0, 1] },
    attributes: { strides: 1, pad: "valid", dilations: 1 },
    wrong: [...noStride, ...noDilation, ...noPadding, noFit],
  },
  {
    kernel: "Dilation2DBackpropInput",
    inputs: { x: images.x, filter: [3, 3, 4], dy: [2, 3, 4, 4] },
    attributes: { strides: 1, pad: "valid", dilations: 1 },
    wrong: [...noStride, ...noDilation, ...noPadding],
  },
  {
    kernel: "Dilation2DBackpropFilter",
    inputs: { x: images.x, filter: [3, 3, 4], dy: [2, 3, 4, 4] },
    attributes: { strides: 1, pad: "valid", dilations: 1 },
    wrong: [...noStride, ...noDilation, ...noPadding],
  },
  ...["MaxPool", "AvgPool", "L2Pool", "MaxPoolWithArgmax"].map((kernel) => ({
    kernel,
    inputs: { x: images.x },
    free: { x: [0, 1, 2, 3] },
    types: kernel === "MaxPoolWithArgmax" ? { x: "any" as const } : {},
    attributes: pooling,
    wrong: noPooling,
  })),
  ...["MaxPoolGrad", "L2PoolGrad"].map((kernel) => ({
    kernel,
    inputs: { ...pooled, output: pooled.dy },
    // Other images may be pooled to the same size.
    free: { input: [1, 2] },
    attributes: pooling,
    wrong: noPooling,
  })),
  {
    kernel: "AvgPoolGrad",
    inputs: pooled,
    free: { input: [1, 2] },
    attributes: pooling,
    wrong: noPooling,
  },
];

import * as tf from "@tensorflow/tfjs";
import { runKernel } from "../../../../../lib/backends/engine/kernels.ts";
import {
  setWinograd,
  winogradUse,
} from "../../../../../lib/backends/wasm/winograd/use.ts";
import { normals } from "../../../against_cpu.ts";
import { piecewise } from "./piecewise.ts";

/** What is computed again and again: a name, and how. */
export type KernelCall = [string, () => tf.Tensor[]];

const values = new Map<string, Float32Array>();

/** Normal numbers, always the same ones for a shape and a seed. */
function tensor(shape: number[], seed: number): tf.Tensor {
  const key = `${shape} ${seed}`;
  let known = values.get(key);
  if (!known) values.set(key, known = normals(shape, seed).values);
  return tf.tensor(known, shape);
}

// deno-lint-ignore no-explicit-any
type Operation = (...inputs: any[]) => tf.Tensor;
type Shape = number[];

/** An operation, and its gradients in all inputs. */
const slopes = (f: Operation, ...shapes: Shape[]) => (): tf.Tensor[] => {
  const inputs = shapes.map((shape, i) => tensor(shape, i));
  const y = f(...inputs);
  const { value, grads } = tf.valueAndGrads(f)(inputs, tensor(y.shape, 9));
  return [value, ...grads];
};

/** An operation alone. */
const of = (f: Operation, ...shapes: Shape[]) => (): tf.Tensor[] => [
  f(...shapes.map((shape, i) => tensor(shape, i))),
];

/** A kernel by its name. */
const kernel = (
  name: string,
  shapes: Record<string, Shape>,
  attributes: Record<string, unknown> = {},
) =>
(): tf.Tensor[] => {
  const inputs = Object.entries(shapes).map(([name, shape], i) => [
    name,
    name.startsWith("movingVariance") ? tf.ones(shape) : tensor(shape, i),
  ]);
  return runKernel(name, Object.fromEntries(inputs), attributes);
};

const byWinograd = (call: () => tf.Tensor[]) => () => {
  const before = winogradUse();
  setWinograd("always");
  try {
    return call();
  } finally {
    setWinograd(before);
  }
};

const convolve = (
  strides: number | [number, number] = 1,
  pad: "same" | "valid" = "same",
): Operation =>
(x, filter) => tf.conv2d(x, filter, strides, pad);
const depthwise =
  (strides: number, pad: "same" | "valid" = "same"): Operation => (x, filter) =>
    tf.depthwiseConv2d(x, filter, strides, pad);
const multiply = (a: boolean, b: boolean): Operation => (x, y) =>
  tf.matMul(x, y, a, b);
const normalize: Operation = (x, mean, variance, offset, scale) =>
  tf.batchNorm(x, mean, tf.square(variance), offset, scale);

const images = [26, 14, 14, 32];
const rows = [900, 100];
const many = [5000, 100];
const channels = (count: number) => ({
  bias: [count],
  gamma: [count],
  beta: [count],
  movingMean: [count],
  movingVariance: [count],
});
const numbered = (number: number, shapes: Record<string, Shape>) =>
  Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [`${name}${number}`, shape]),
  );
const settings = { strides: 1, epsilon: 1e-3, momentum: 0.9 };
const normalized = (x: Shape, filter: Shape) => ({
  x,
  filter,
  ...channels(filter[3]!),
});
const two = { dy0: [26, 14, 14, 24], dy1: [26, 14, 14, 40] };
const filters = { filter0: [1, 1, 32, 24], filter1: [1, 1, 32, 40] };
const siblings = {
  x: images,
  ...numbered(0, { filter: filters.filter0, ...channels(24) }),
  ...numbered(1, { filter: filters.filter1, ...channels(40) }),
};
const fused = { strides: 1, pad: "same", activation: "relu" } as const;
const indices = (count: number, below: number) =>
  tf.tensor1d(Array.from({ length: count }, (_, i) => i * 7 % below), "int32");
const classes = (count: number, depth: number) =>
  tf.oneHot(indices(count, depth), depth);

// deno-fmt-ignore
/** Rows of all kernels of lib/backends/wasm; one more is one line. */
export const kernelCalls: KernelCall[] = [
  ["conv 1×1", slopes(convolve(), images, [1, 1, 32, 48])],
  ["conv 1×1 of one pixel", slopes(convolve(), [900, 1, 1, 96], [1, 1, 96, 64])],
  ["conv 1×1, stride 2", slopes(convolve(2), [90, 14, 14, 32], [1, 1, 32, 24])],
  ["conv 1×1 of many pixels", slopes(convolve(), [160, 14, 14, 64], [1, 1, 64, 96])],
  ["conv 3×3", slopes(convolve(), images, [3, 3, 32, 40])],
  ["conv 3×3 of many pixels", slopes(convolve(), [60, 14, 14, 32], [3, 3, 32, 64])],
  ["conv 3×3, valid", slopes(convolve(1, "valid"), images, [3, 3, 32, 17])],
  ["conv 3×3, stride 2", slopes(convolve(2), images, [3, 3, 32, 40])],
  ["conv 3×3, small images", slopes(convolve(), [90, 4, 4, 48], [3, 3, 48, 50])],
  ["conv 3×3, one pixel", slopes(convolve(), [200, 1, 1, 48], [3, 3, 48, 50])],
  ["conv 3×3, dilated", of((x, w) => tf.conv2d(x, w, 1, "same", "NHWC", 2), images, [3, 3, 32, 40])],
  ["conv 5×5", slopes(convolve(), [40, 7, 7, 32], [5, 5, 32, 24])],
  ["conv 5×5, stride 2", slopes(convolve(2), [40, 7, 7, 32], [5, 5, 32, 24])],
  ["conv 7×7, stride 2", slopes(convolve(2), [8, 45, 43, 3], [7, 7, 3, 32])],
  ["conv 3×1, strides 2 and 1", slopes(convolve([2, 1]), images, [3, 1, 32, 19])],
  ["conv of one image", slopes(convolve(), [1, 150, 140, 3], [3, 3, 3, 20])],
  ["conv to one channel", slopes(convolve(), [30, 14, 14, 32], [3, 3, 32, 1])],
  ["fused conv", of((x, filter, bias) => tf.fused.conv2d({ ...fused, x, filter, bias }), images, [3, 3, 32, 40], [40])],
  ["Winograd", byWinograd(slopes(convolve(), images, [3, 3, 32, 40]))],
  ["Winograd, valid", byWinograd(slopes(convolve(1, "valid"), images, [3, 3, 32, 40]))],
  ["Winograd, small images", byWinograd(slopes(convolve(), [90, 4, 4, 48], [3, 3, 48, 50]))],
  ["Winograd, 7×7", byWinograd(slopes(convolve(), [64, 7, 7, 64], [3, 3, 64, 64]))],
  ["Winograd, many channels", byWinograd(slopes(convolve(), [12, 8, 8, 128], [3, 3, 128, 192]))],
  ["Winograd, one image", byWinograd(slopes(convolve(), [1, 61, 63, 32], [3, 3, 32, 40]))],
  ["Winograd, normalized", kernel("NormalizedConv2DTraining", normalized(images, [3, 3, 32, 48]), settings)],
  ["normalized conv 5×5", kernel("NormalizedConv2DTraining", normalized(images, [5, 5, 32, 24]), settings)],
  ["normalized conv 1×1", kernel("NormalizedConv2DTraining", normalized(images, [1, 1, 32, 48]), settings)],
  ["normalized conv, stride 2", kernel("NormalizedConv2DTraining", normalized(images, [3, 3, 32, 48]), { ...settings, strides: 2 })],
  ["normalized conv, inference", kernel("NormalizedConv2DInference", normalized(images, [3, 3, 32, 48]), settings)],
  ["normalized conv 1×1, inference", kernel("NormalizedConv2DInference", normalized(images, [1, 1, 32, 48]), settings)],
  ["normalized pointwise", kernel("NormalizedPointwiseTraining", siblings, settings)],
  ["pointwise input gradient", kernel("PointwiseBackpropInput", { ...two, ...filters })],
  ["pointwise filter gradient", kernel("PointwiseBackpropFilter", { x: images, ...two })],
  ["depthwise", slopes(depthwise(1), images, [3, 3, 32, 1])],
  ["depthwise, stride 2", slopes(depthwise(2), images, [3, 3, 32, 2])],
  ["depthwise, valid", slopes(depthwise(1, "valid"), images, [5, 5, 32, 1])],
  ["fused depthwise", of((x, filter, bias) => tf.fused.depthwiseConv2d({ ...fused, x, filter, bias }), images, [3, 3, 32, 1], [32])],
  ["max pool", slopes((x) => tf.maxPool(x, 3, 1, "same"), images)],
  ["average pool", slopes((x) => tf.avgPool(x, 3, 2, "same"), images)],
  ["batch normalization", slopes(normalize, images, [32], [32], [32], [32])],
  ["product", slopes(multiply(false, false), [500, 300], [300, 200])],
  ["product, a transposed", slopes(multiply(true, false), [300, 500], [300, 200])],
  ["product, b transposed", slopes(multiply(false, true), [500, 300], [200, 300])],
  ["product, both transposed", slopes(multiply(true, true), [300, 500], [200, 300])],
  ["products of a batch", slopes(multiply(false, true), [9, 130, 100], [9, 120, 100])],
  ["products with one matrix", of(multiply(false, false), [9, 130, 100], [1, 100, 120])],
  ["product of a row", slopes(multiply(false, false), [1, 2000], [2000, 300])],
  ["product of a column", slopes(multiply(false, false), [2000, 300], [300, 1])],
  ["product of long columns", slopes(multiply(true, false), [20_000, 40], [20_000, 30])],
  ["fused product", of((a, b, bias) => tf.fused.matMul({ a, b, bias, activation: "relu" }), [500, 300], [300, 200], [200])],
  ["einsum", slopes((a, b) => tf.einsum("bij,bkj->bik", a, b), [9, 130, 100], [9, 120, 100])],
  ["concat", slopes((...all) => tf.concat(all, 3), images, [26, 14, 14, 48], [26, 14, 14, 7])],
  ["split", () => tf.split(tensor([26, 14, 14, 96], 1), [32, 60, 4], 3)],
  ["sum of all", slopes((x) => tf.sum(x), [26, 14, 14, 96])],
  ["sum of columns", slopes((x) => tf.sum(x, [0, 1, 2]), [26, 14, 14, 96])],
  ["sum of rows", slopes((x) => tf.sum(x, -1), many)],
  ["mean", slopes((x) => tf.mean(x, 0), many)],
  ["maximum of rows", slopes((x) => tf.max(x, -1), rows)],
  ["cumulative sum", slopes((x) => tf.cumsum(x, 0), rows)],
  ["softmax", slopes((x) => tf.softmax(x), rows)],
  ["cross entropy", slopes((x) => tf.losses.softmaxCrossEntropy(classes(900, 100), x), rows)],
  ["relu", slopes((x) => tf.relu(x), many)],
  ["sigmoid", slopes((x) => tf.sigmoid(x), many)],
  ["tanh", slopes((x) => tf.tanh(x), many)],
  ["exp", slopes((x) => tf.exp(x), many)],
  ["prelu", slopes((x, alpha) => tf.prelu(x, alpha), many, [100])],
  ["clip", slopes((x) => tf.clipByValue(x, -Infinity, 0.5), many)],
  ["a + b", slopes((a, b) => tf.add(a, b), many, many)],
  ["a · row", slopes((a, b) => tf.mul(a, b), many, [100])],
  ["a / scalar", slopes((a, b) => tf.div(a, b), many, [])],
  ["where", slopes((a, b) => tf.where(tf.cast(classes(900, 100), "bool"), a, b), rows, rows)],
  ["transpose", slopes((x) => tf.transpose(x, [0, 3, 1, 2]), images)],
  ["pad", slopes((x) => tf.pad(x, [[0, 0], [1, 2], [3, 0], [0, 0]]), images)],
  ["gather", slopes((x) => tf.gather(x, indices(900, 400)), [400, 100])],
  ["segment sum", slopes((x) => tf.unsortedSegmentSum(x, indices(900, 90), 90), rows)],
  ["dilation", slopes((x, w) => tf.dilation2d(x, w, 1, "same"), [4, 14, 14, 32], [3, 3, 32])],
  ["dense network", network],
  ...piecewise.map((each): KernelCall => [
    `${each.name ?? each.kernel}, by name`,
    () => {
      const inputs = Object.entries(each.inputs).map(([name, input], i) => [
        name,
        Array.isArray(input) ? tensor(input, 1 + i) : input(),
      ]);
      const given = Object.fromEntries(inputs);
      const outputs = runKernel(each.kernel, given, each.attributes);
      // Some of them change in place.
      return [...outputs, ...Object.values<tf.Tensor>(given)];
    },
  ]),
];

/** A step of training, by tfjs's own optimizer. */
function network(): tf.Tensor[] {
  const [x, y] = [tensor([400, 300], 1), tensor([400, 10], 2)];
  const weights = [tensor([300, 200], 3), tensor([200, 10], 4)].map((w) =>
    tf.variable(tf.div(w, 10))
  ) as [tf.Variable<tf.Rank.R2>, tf.Variable<tf.Rank.R2>];
  const optimizer = tf.train.adam(0.01);
  for (let step = 0; step < 3; step++) {
    optimizer.minimize(
      () => {
        const hidden = tf.relu(tf.matMul(x as tf.Tensor2D, weights[0]));
        return tf.losses.meanSquaredError(y, tf.matMul(hidden, weights[1]));
      },
      false,
      weights,
    );
  }
  optimizer.dispose();
  const results = weights.map((w) => w.clone());
  tf.dispose(weights);
  return results;
}

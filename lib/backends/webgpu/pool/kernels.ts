import * as tf from "@tensorflow/tfjs";
import type { TensorInfo } from "@tensorflow/tfjs";
import { groupsFor } from "../runtime/elements.ts";
import {
  any,
  type Call,
  sizeOf,
  type WebGpuKernel,
  webGpuKernel,
} from "../runtime/kernel.ts";
import { type LaneCount, lanesOf } from "../runtime/lanes.ts";
import { launch } from "../runtime/launch.ts";
import type { Shader } from "../runtime/shader.ts";
import { share } from "../runtime/share.ts";
import {
  l2PoolGradientShader,
  maxPoolGradientShader,
} from "./gradient_shaders.ts";
import {
  l2PoolShader,
  maxPoolShader,
  mostPlaces,
  type poolConstants,
  positionsShader,
} from "./shaders.ts";

/**
 * tfjs's `MaxPool` and its gradient with "same" padding, and the L2 pooling of NN2
 * (`L2Pool`, `L2PoolGrad`, not part of tfjs; see lib/nn2/layers/l2_pooling.ts).
 */
export const poolingKernels: WebGpuKernel[] = [
  webGpuKernel("MaxPool", forward(maxPoolShader), isSame),
  webGpuKernel("L2Pool", forward(l2PoolShader)),
  webGpuKernel("MaxPoolGrad", maxPoolGradient, isSame),
  webGpuKernel("L2PoolGrad", l2PoolGradient),
];

interface PoolAttributes {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: "same" | "valid" | number;
}

/** Floats with a padding where each window sees a pixel, and sizes are not rounded; windows whose places fit into a byte. */
function isSame(
  attributes: unknown,
  inputs: Parameters<WebGpuKernel["takes"]>[1],
): boolean {
  const { pad, filterSize } = attributes as PoolAttributes;
  const [height, width = height] = [filterSize].flat() as [number, number?];
  return pad === "same" && height * width <= mostPlaces &&
    Object.values(inputs).every((input) => input?.dtype === "float32");
}

type Shaders = Readonly<
  Record<LaneCount, Shader<string, string, keyof typeof poolConstants>>
>;

/** `{x}` → y, the pooled images. */
function forward(shader: Shaders) {
  return (call: Call): TensorInfo => {
    const x = call.take("x", images);
    const pool = poolOf(call, x.shape);
    const y = call.output(pool.outShape);
    return launchPool(call, shader, pool, { inputs: { x }, outputs: { y } });
  };
}

/**
 * `{dy, input, output}` → dx, the gradient in the input; with a `sum` it is added to
 * that, in the same memory, which nobody else may use then. Each window gives all of
 * dy to the first pixel, row by row, that has its maximum, as on tfjs's cpu backend.
 *
 * Two launches: to find the positions again from each pixel would read more.
 */
function maxPoolGradient(call: Call): TensorInfo {
  const { x, dy, pool, dx, adds } = gradientOf(call);
  // More room than four positions of a byte each need.
  const positions = call.output(dy.shape);
  const operands = { inputs: { x }, outputs: { y: positions } };
  launchPool(call, positionsShader, pool, operands);
  const gathered = { inputs: { dy, positions }, outputs: { dx } };
  launchPool(call, maxPoolGradientShader, pool, gathered, adds);
  call.backend.disposeData(positions.dataId);
  return dx;
}

/** The same for L2 pools. */
function l2PoolGradient(call: Call): TensorInfo {
  const { x, dy, pool, dx, adds } = gradientOf(call);
  const y = call.take("output", pool.outShape);
  const operands = { inputs: { dy, x, y }, outputs: { dx } };
  return launchPool(call, l2PoolGradientShader, pool, operands, adds);
}

function gradientOf(call: Call) {
  const x = call.take("input", images);
  const pool = poolOf(call, x.shape);
  const dy = call.take("dy", pool.outShape);
  const sum = call.takeOptional("sum", x.shape);
  const dx = sum ? share(call.backend, sum) : call.output(x.shape);
  return { x, dy, pool, dx, adds: sum !== undefined };
}

const images = [any, any, any, any];

/** Has all elements of the output made, and gives it back. */
function launchPool(
  { backend }: Call,
  shader: Shaders,
  { lanes, constants }: ReturnType<typeof poolOf>,
  operands: Record<"inputs" | "outputs", Record<string, TensorInfo>>,
  adds = false,
): TensorInfo {
  const [output] = Object.values(operands.outputs) as [TensorInfo];
  const size = sizeOf(output.shape) / lanes;
  launch(backend, shader[lanes], {
    ...operands,
    constants: { ...constants, size, adds: adds ? 1 : 0 },
    workgroups: groupsFor(size),
  });
  return output;
}

function poolOf({ attributes }: Call, shape: number[]) {
  const { filterSize, strides, pad } = attributes as PoolAttributes;
  const info = tf.backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
  );
  const lanes = lanesOf(info.inChannels);
  const { top, left } = info.padInfo;
  const channels = info.inChannels / lanes;
  return {
    outShape: info.outShape,
    lanes,
    constants: { ...info, top, left, channels },
  };
}

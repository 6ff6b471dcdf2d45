import type { TensorInfo } from "@tensorflow/tfjs";
import { type Call, sizeOf, webGpuKernel } from "../runtime/kernel.ts";
import { launch } from "../runtime/launch.ts";
import { takeOver } from "../runtime/take_over.ts";
import { adamShader, groupSize } from "./adam_shader.ts";

/**
 * One step of Adam for all variables (`AdamUpdateAll`, not part of tfjs): `{mean,
 * square, weights0, gradient0, weights1, …}` → the next `[mean, square, weights0,
 * weights1, …]`. Mean and square are those of all variables one after the other. The
 * results take the memory of the former ones, which are of no use after that, except
 * where other tensors share it. As many variables as a launch may bind are one launch.
 */
export const adamKernel = webGpuKernel("AdamUpdateAll", (call) => {
  const { inputs, backend, take } = call;
  const gradients: TensorInfo[] = [];
  while (inputs[`weights${gradients.length}`]) {
    const i = gradients.length;
    gradients.push(take(`gradient${i}`, inputs[`weights${i}`]!.shape));
  }
  const total = gradients.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const read = new Set(gradients.map(({ dataId }) => dataId));
  const next = (tensor: TensorInfo) =>
    takeOver(backend, tensor, read.has(tensor.dataId));
  const mean = next(take("mean", [total]));
  const square = next(take("square", [total]));
  let start = 0;
  const slots = gradients.map((gradient, i): Slot => {
    const size = sizeOf(gradient.shape);
    const weights = next(take(`weights${i}`, gradient.shape));
    start += size;
    return { gradient, weights, size, start: start - size };
  });
  const { maxStorageBuffersPerShaderStage: most } = backend.device.limits;
  const together = Math.min(mostTogether, Math.floor((most - 2) / 2));
  for (let first = 0; first < slots.length; first += together) {
    update(call, { mean, square }, slots.slice(first, first + together));
  }
  return [mean, square, ...slots.map(({ weights }) => weights)];
});

/** More in a launch would hardly make them fewer. */
const mostTogether = 32;
/** What a workgroup has at least: 16 values for each invocation. */
const leastValues = 16 * groupSize;
/** WebGPU has no more workgroups in a row. */
const mostGroups = 65535;

/** By the number of variables, of which most launches have as many as there may be. */
const shaders = Array.from(
  { length: mostTogether + 1 },
  (_, variables) => adamShader(variables),
);

interface Slot {
  gradient: TensorInfo;
  /** To be changed in place. */
  weights: TensorInfo;
  size: number;
  /** Where its means begin in those of all. */
  start: number;
}

function update(
  { backend, attributes }: Call,
  means: Record<"mean" | "square", TensorInfo>,
  all: readonly Slot[],
): void {
  const slots = all.filter(({ size }) => size > 0);
  const total = slots.reduce((sum, { size }) => sum + size, 0);
  const rooms = mostGroups - slots.length;
  const groupValues = leastValues * Math.ceil(total / rooms / leastValues);
  const constants = { ...attributes as Record<string, number>, groupValues };
  const inputs: Record<string, TensorInfo> = {};
  const outputs: Record<string, TensorInfo> = { ...means };
  let end = 0;
  slots.forEach(({ gradient, weights, size, start }, i) => {
    end += Math.ceil(size / groupValues);
    inputs[`gradient${i}`] = gradient;
    outputs[`weights${i}`] = weights;
    Object.assign(constants, {
      [`end${i}`]: end,
      [`size${i}`]: size,
      [`start${i}`]: start,
    });
  });
  launch(backend, shaders[slots.length]!, {
    inputs,
    outputs,
    constants,
    workgroups: [end],
  });
}

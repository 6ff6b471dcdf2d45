import type { TensorInfo } from "@tensorflow/tfjs";
import type { BatchMoments } from "../epilogue/batch_moments.ts";
import { any, refuseKernel } from "../runtime/check_inputs.ts";
import { type Call, type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import { measureMoments } from "../epilogue/measured_moments.ts";
import {
  convolvePixels,
  filterGradients,
  pixelGradients,
} from "./pointwise.ts";
import { share } from "../tensors/sharing.ts";

/** What `PointwiseMoments` is told. */
export interface PointwiseMomentsAttributes {
  /** Gets the moments of each result, of this thread's part of the batch. */
  take(moments: BatchMoments[]): void;
}

/**
 * Several 1×1 convolutions of the same images, which are not part of tfjs. Inputs
 * with a number are one for each convolution, from 0.
 *
 * - `PointwiseMoments`: `{x, filter0, …}` → the results.
 * - `PointwiseBackpropInput`: `{dy0, …, filter0, …}` → their gradient in x, or, with
 *   `sum` among the inputs, that one after the gradient was added to it in place.
 * - `PointwiseBackpropFilter`: `{x, dy0, …}` → the gradients in the filters.
 */
export const pointwiseKernels: WasmKernel[] = [
  wasmKernel("PointwiseMoments", (call) => {
    const { host, attributes } = call;
    const x = call.take("x");
    const filters = filtersOf(call, x.shape[3]!);
    const measured = filters.map(({ shape }, i) =>
      measureMoments(host, shape[3]!, i)
    );
    const finishes = measured.map(({ finish }) => finish);
    const results = convolvePixels(host, x, filters, finishes);
    const { take } = attributes as PointwiseMomentsAttributes;
    take(measured.map(({ moments }) => moments()));
    return results;
  }),
  wasmKernel("PointwiseBackpropInput", (call) => {
    const { host, backend, inputs } = call;
    const channels = inputs.filter0?.shape[2] ?? any;
    const filters = filtersOf(call, channels);
    const pixels = inputs.dy0?.shape.slice(0, 3) ?? [any, any, any];
    const depths = filters.map(({ shape }) => shape[3]!);
    const dys = slopesOf(call, pixels, depths);
    const sum = call.takeOptional("sum", [...pixels, channels]);
    const dx = pixelGradients(host, dys, filters, sum);
    return sum ? share(sum, backend) : dx;
  }),
  wasmKernel("PointwiseBackpropFilter", (call) => {
    const x = call.take("x");
    return filterGradients(call.host, x, slopesOf(call, x.shape.slice(0, 3)));
  }),
];

/** The filters `[1, 1, channels, filters]`, at least one. */
function filtersOf({ inputs, take }: Call, channels: number): TensorInfo[] {
  return Array.from(
    { length: Math.max(1, countOf(inputs, "filter")) },
    (_, i) => take(`filter${i}`, [1, 1, channels, any]),
  );
}

/**
 * The gradients of the results, at least one.
 *
 * @param depths Their channels where there are filters, one gradient for each.
 */
function slopesOf(
  { name, inputs, take }: Call,
  pixels: readonly number[],
  depths?: readonly number[],
): TensorInfo[] {
  const given = countOf(inputs, "dy");
  const count = Math.max(1, depths?.length ?? given);
  if (given > count) refuseKernel(name, `${count} gradients`, `${given}`);
  return Array.from(
    { length: count },
    (_, i) => take(`dy${i}`, [...pixels, depths?.[i] ?? any]),
  );
}

/** How many inputs name0, name1, … there are. */
function countOf(inputs: Call["inputs"], name: string): number {
  let count = 0;
  while (inputs[`${name}${count}`]) count++;
  return count;
}

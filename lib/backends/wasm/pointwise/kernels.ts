import type { TensorInfo } from "@tensorflow/tfjs";
import { any, checkNumbers, refuseKernel } from "../runtime/check_inputs.ts";
import { type Call, type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import { measureMoments } from "../epilogue/measured_moments.ts";
import { takeWeights } from "../../engine/normalization_weights.ts";
import { normalize } from "../norm/normalize.ts";
import {
  convolvePixels,
  filterGradients,
  pixelGradients,
} from "./pointwise.ts";
import { share } from "../tensors/sharing.ts";

/**
 * Several 1×1 convolutions of the same images, which are not part of tfjs. Inputs
 * with a number are one for each convolution, from 0.
 *
 * - `NormalizedPointwiseTraining`: `{x, filter0, bias0, gamma0, beta0, movingMean0,
 *   movingVariance0, filter1, …}` → for each the five results of
 *   `NormalizedConv2DTraining`, one after the other.
 * - `PointwiseBackpropInput`: `{dy0, …, filter0, …}` → their gradient in x, or, with
 *   `sum` among the inputs, that one after the gradient was added to it in place.
 * - `PointwiseBackpropFilter`: `{x, dy0, …}` → the gradients in the filters.
 */
export const pointwiseKernels: WasmKernel[] = [
  wasmKernel("NormalizedPointwiseTraining", (call) => {
    const { name, host, attributes } = call;
    checkNumbers(name, attributes, ["epsilon", "momentum"]);
    const x = call.take("x");
    const filters = filtersOf(call, x.shape[3]!);
    const weights = filters.map(({ shape }, i) =>
      takeWeights(call, shape[3]!, i)
    );
    const measured = filters.map(({ shape }, i) =>
      measureMoments(host, shape[3]!, i)
    );
    const finishes = measured.map(({ finish }) => finish);
    const zs = convolvePixels(host, x, filters, finishes);
    return zs.flatMap((z, i) => {
      const moments = measured[i]!.moments();
      return normalize(host, { ...weights[i]!, z }, moments, attributes);
    });
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

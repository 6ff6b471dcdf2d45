import type { DataType, TensorInfo } from "@tensorflow/tfjs";
import { type Call, type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import type { WasmBackend } from "../runtime/tfjs_backend.ts";
import { share } from "../tensors/sharing.ts";
import { filled, tensorOf, valuesOf } from "../arrays/arrays.ts";
import { type RunKernel, tidy } from "../arrays/run_kernel.ts";
import { sizeOf } from "../runtime/check_inputs.ts";
import { type AxesAttributes, reducedAxes, spanOf } from "./axes.ts";
import { sumAxis } from "./axis_sums.ts";

/** What the reductions of no values give. */
const ofNothing: Record<string, Partial<Record<DataType, number>>> = {
  Sum: { float32: 0, int32: 0 },
  Mean: { float32: NaN },
  Prod: { float32: 1, int32: 1 },
  Max: { float32: -Infinity, int32: -(2 ** 31), bool: 0 },
  Min: { float32: Infinity, int32: 2 ** 31 - 1, bool: 1 },
  All: { bool: 1 },
  Any: { bool: 0 },
};

/**
 * tfjs's reductions. Its own sums are of one float32, where 2^25 times 0.1 is
 * 2097152, and where there is nothing to reduce, its results are left as the
 * memory was. Here they are the values that change no result: 0 for a sum, 1 for a
 * product, −∞ for a largest value, as in TensorFlow; a mean is not a number.
 */
export const reductionKernels: WasmKernel[] = [
  reduction(
    "Sum",
    (x, attributes, call) =>
      x.dtype === "float32" ? addUp(x, attributes, call, false) : undefined,
  ),
  reduction(
    "Mean",
    (x, attributes, call) =>
      x.dtype === "float32"
        ? addUp(x, attributes, call, true)
        : meanOfIntegers(x, attributes, call.backend),
  ),
  ...["Prod", "Max", "Min", "All", "Any"].map((name) =>
    reduction(name, () => undefined)
  ),
];

function reduction(
  kernelName: string,
  run: (
    x: TensorInfo,
    attributes: AxesAttributes,
    call: Call,
  ) => TensorInfo | undefined,
): WasmKernel {
  return wasmKernel(kernelName, (call) => {
    const x = call.input("x");
    const attributes = call.attributes as AxesAttributes;
    if (sizeOf(x.shape) > 0) return run(x, attributes, call);
    const { outShape } = reducedAxes(x.shape, attributes);
    const dtype = kernelName === "Mean" ? "float32" : x.dtype;
    const value = ofNothing[kernelName]![dtype]!;
    return filled(call.backend, outShape, dtype, value);
  });
}

/** Sums of float32 in double precision, divided by their number for a mean. */
function addUp(
  x: TensorInfo,
  attributes: AxesAttributes,
  call: Call,
  divides: boolean,
): TensorInfo {
  const { host, backend } = call;
  const { axes, outShape } = reducedAxes(x.shape, attributes);
  const span = spanOf(x.shape, axes);
  if (!span) {
    // There are others between these axes: they become the last.
    return tidy(backend, (run) => {
      const turned = reducedLast(x, axes, run);
      const axis = axes.map((_, i) => x.shape.length - 1 - i);
      return { ...addUp(turned, { axis }, call, divides), shape: outShape };
    });
  }
  if (span.length === 1) return { ...share(x, backend), shape: outShape };
  const sums = host.output(outShape);
  sumAxis(host, {
    from: host.addressOf(x),
    ...span,
    divisor: divides ? span.length : 1,
    to: host.addressOf(sums),
  });
  return sums;
}

/** The mean of int32 or bool, of which no digit is lost on the way. */
function meanOfIntegers(
  x: TensorInfo,
  attributes: AxesAttributes,
  backend: WasmBackend,
): TensorInfo {
  const { axes, outShape } = reducedAxes(x.shape, attributes);
  const sums = new Float64Array(sizeOf(outShape));
  const length = sizeOf(x.shape) / sums.length;
  return tidy(backend, (run) => {
    const values = valuesOf(backend, reducedLast(x, axes, run));
    for (let i = 0, at = 0; i < sums.length; i++) {
      for (const end = at + length; at < end; at++) sums[i]! += values[at]!;
    }
    const means = sums.map((sum) => sum / length);
    return tensorOf(backend, outShape, "float32", means);
  });
}

/** A tensor with the axes to reduce behind all others. */
function reducedLast(
  x: TensorInfo,
  axes: number[],
  run: RunKernel,
): TensorInfo {
  const kept = [...x.shape.keys()].filter((axis) => !axes.includes(axis));
  return run("Transpose", { x }, { perm: [...kept, ...axes] });
}

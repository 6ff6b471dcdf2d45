import type * as tf from "@tensorflow/tfjs";
import { hostOf, type WasmBackend } from "../runtime/host.ts";
import { override } from "../runtime/override.ts";
import { share } from "../tensors/sharing.ts";
import {
  filled,
  runKernel,
  sizeOf,
  tensorOf,
  valuesOf,
} from "../arrays/arrays.ts";
import { type AxesAttributes, reducedAxes, spanOf } from "./axes.ts";
import { sumAxis } from "./axis_sums.ts";

/** What the reductions of no values give. */
const ofNothing: Record<
  string,
  Partial<Record<tf.DataType, number>>
> = {
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
export const reductionKernels: tf.KernelConfig[] = [
  reduction(
    "Sum",
    (x, attrs, backend) =>
      x.dtype === "float32" ? addUp(x, attrs, backend, false) : undefined,
  ),
  reduction(
    "Mean",
    (x, attrs, backend) =>
      x.dtype === "float32"
        ? addUp(x, attrs, backend, true)
        : meanOfIntegers(x, attrs, backend),
  ),
  ...["Prod", "Max", "Min", "All", "Any"].map((name) =>
    reduction(name, () => undefined)
  ),
];

function reduction(
  kernelName: string,
  run: (
    x: tf.TensorInfo,
    attrs: AxesAttributes,
    backend: WasmBackend,
  ) => tf.TensorInfo | undefined,
): tf.KernelConfig {
  return override(kernelName, ({ x }, attributes, backend) => {
    const attrs = attributes as AxesAttributes;
    if (sizeOf(x!.shape) > 0) return run(x!, attrs, backend);
    const { outShape } = reducedAxes(x!.shape, attrs);
    const dtype = kernelName === "Mean" ? "float32" : x!.dtype;
    const value = ofNothing[kernelName]![dtype]!;
    return filled(backend, outShape, dtype, value);
  });
}

/** Sums of float32 in double precision, divided by their number for a mean. */
function addUp(
  x: tf.TensorInfo,
  attrs: AxesAttributes,
  backend: WasmBackend,
  divides: boolean,
): tf.TensorInfo {
  const { axes, outShape } = reducedAxes(x.shape, attrs);
  const span = spanOf(x.shape, axes);
  if (!span) return addUpApart(x, axes, outShape, backend, divides);
  if (span.length === 1) return { ...share(x, backend), shape: outShape };
  const host = hostOf(backend);
  const sums = host.output(outShape);
  sumAxis(host, {
    from: host.addressOf(x),
    ...span,
    divisor: divides ? span.length : 1,
    to: host.addressOf(sums),
  });
  return sums;
}

/** Sums along axes between which there are others: these become the first. */
function addUpApart(
  x: tf.TensorInfo,
  axes: number[],
  outShape: number[],
  backend: WasmBackend,
  divides: boolean,
): tf.TensorInfo {
  const turned = reducedLast(x, axes, backend);
  try {
    const last = axes.map((_, i) => x.shape.length - 1 - i);
    const sums = addUp(turned, { axis: last }, backend, divides);
    return { ...sums, shape: outShape };
  } finally {
    backend.disposeData(turned.dataId);
  }
}

/** The mean of int32 or bool, of which no digit is lost on the way. */
function meanOfIntegers(
  x: tf.TensorInfo,
  attrs: AxesAttributes,
  backend: WasmBackend,
): tf.TensorInfo {
  const { axes, outShape } = reducedAxes(x.shape, attrs);
  const sums = new Float64Array(sizeOf(outShape));
  const length = sizeOf(x.shape) / sums.length;
  const turned = reducedLast(x, axes, backend);
  const values = valuesOf(backend, turned);
  for (let i = 0, at = 0; i < sums.length; i++) {
    for (const end = at + length; at < end; at++) sums[i]! += values[at]!;
  }
  backend.disposeData(turned.dataId);
  const means = sums.map((sum) => sum / length);
  return tensorOf(backend, outShape, "float32", means);
}

/** A tensor with the axes to reduce behind all others; the caller disposes it. */
function reducedLast(
  x: tf.TensorInfo,
  axes: number[],
  backend: WasmBackend,
): tf.TensorInfo {
  const kept = [...x.shape.keys()].filter((axis) => !axes.includes(axis));
  return runKernel(backend, "Transpose", { x }, { perm: [...kept, ...axes] });
}

import * as tf from "@tensorflow/tfjs";
import type { WasmBackend } from "../runtime/tfjs_backend.ts";
import { type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import { type Values, valuesOf } from "../arrays/arrays.ts";
import { sizeOf } from "../runtime/check_inputs.ts";

/** What tfjs tells a kernel of running sums or products. */
interface CumulativeAttributes {
  axis: number;
  /** Whether a value itself is left out. */
  exclusive: boolean;
  /** Whether to begin with the last value. */
  reverse: boolean;
}

/**
 * tfjs's `Cumsum` and `Cumprod`. Its own add up in one float32, take no axis that
 * is counted from the end, and no bool.
 */
export const cumulativeKernels: WasmKernel[] = [
  cumulative("Cumsum", 0, (sum, value) => sum + value),
  cumulative("Cumprod", 1, (product, value) => product * value),
];

function cumulative(
  kernelName: string,
  start: number,
  combine: (total: number, value: number) => number,
): WasmKernel {
  return wasmKernel(kernelName, ({ input, attributes, backend }) => {
    const how = attributes as CumulativeAttributes;
    return accumulate(input("x"), how, backend, start, combine);
  });
}

function accumulate(
  x: tf.TensorInfo,
  { axis, exclusive, reverse }: CumulativeAttributes,
  backend: WasmBackend,
  start: number,
  combine: (total: number, value: number) => number,
): tf.TensorInfo {
  // A scalar is a row of one value.
  const shape = x.shape.length > 0 ? x.shape : [1];
  const at = tf.util.parseAxisParam(axis, shape)[0]!;
  const [length, inner] = [shape[at]!, sizeOf(shape.slice(at + 1))];
  const integers = x.dtype !== "float32";
  const out = backend.makeOutput(x.shape, integers ? "int32" : "float32");
  const [from, to]: [Values, Values] = [
    valuesOf(backend, x),
    valuesOf(backend, out),
  ];
  const step = reverse ? -inner : inner;
  const rows = length === 0 ? 0 : from.length / length;
  for (let row = 0; row < rows; row++) {
    const first = Math.floor(row / inner) * length * inner + row % inner;
    let i = reverse ? first + (length - 1) * inner : first;
    let total = start;
    for (let count = 0; count < length; count++, i += step) {
      const before = total;
      total = combine(total, from[i]!);
      // As whole numbers of 32 bits do, these start again beyond the largest.
      if (integers) total |= 0;
      to[i] = exclusive ? before : total;
    }
  }
  return out;
}

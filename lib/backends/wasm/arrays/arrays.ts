import * as tf from "@tensorflow/tfjs";
import type { WasmBackend } from "../runtime/host.ts";

/** The values of a tensor of numbers. */
export type Values = Float32Array | Int32Array | Uint8Array;

/** How many values a shape has. */
export const sizeOf = (shape: readonly number[]) =>
  shape.reduce((product, side) => product * side, 1);

/**
 * A tensor's values where they lie in the backend's memory: stale once anything is
 * allocated.
 *
 * @throws {Error} If they are not float32, int32 or bool.
 */
export function valuesOf(backend: WasmBackend, tensor: tf.TensorInfo): Values {
  return backend.typedArrayFromHeap(tensor);
}

/** Runs another kernel of the 'wasm' backend. */
export function runKernels(
  backend: WasmBackend,
  kernelName: string,
  inputs: tf.NamedTensorInfoMap,
  attrs: object = {},
): tf.TensorInfo[] {
  const { kernelFunc } = tf.getKernel(kernelName, "wasm");
  return [kernelFunc({
    inputs,
    attrs: attrs as tf.NamedAttrMap,
    backend,
  })].flat();
}

/** Runs another kernel of the 'wasm' backend that has one output. */
export function runKernel(
  backend: WasmBackend,
  kernelName: string,
  inputs: tf.NamedTensorInfoMap,
  attrs: object = {},
): tf.TensorInfo {
  return runKernels(backend, kernelName, inputs, attrs)[0]!;
}

/** A tensor of one value everywhere. */
export function filled(
  backend: WasmBackend,
  shape: number[],
  dtype: tf.DataType,
  value: number,
): tf.TensorInfo {
  const out = backend.makeOutput(shape, dtype);
  valuesOf(backend, out).fill(value);
  return out;
}

/** A new tensor with the values of an array, which are converted to its type. */
export function tensorOf(
  backend: WasmBackend,
  shape: number[],
  dtype: tf.DataType,
  values: ArrayLike<number>,
): tf.TensorInfo {
  const out = backend.makeOutput(shape, dtype);
  valuesOf(backend, out).set(values);
  return out;
}

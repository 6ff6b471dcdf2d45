import type { DataType, TensorInfo } from "@tensorflow/tfjs";
import type { WasmBackend } from "../runtime/tfjs_backend.ts";

/** The values of a tensor of numbers. */
export type Values = Float32Array | Int32Array | Uint8Array;

/**
 * A tensor's values where they lie in the backend's memory: stale once anything is
 * allocated.
 *
 * @throws {Error} If they are not float32, int32 or bool.
 */
export function valuesOf(backend: WasmBackend, tensor: TensorInfo): Values {
  return backend.typedArrayFromHeap(tensor);
}

/** A tensor of one value everywhere. */
export function filled(
  backend: WasmBackend,
  shape: number[],
  dtype: DataType,
  value: number,
): TensorInfo {
  const out = backend.makeOutput(shape, dtype);
  valuesOf(backend, out).fill(value);
  return out;
}

/** A new tensor with the values of an array, which are converted to its type. */
export function tensorOf(
  backend: WasmBackend,
  shape: number[],
  dtype: DataType,
  values: ArrayLike<number>,
): TensorInfo {
  const out = backend.makeOutput(shape, dtype);
  valuesOf(backend, out).set(values);
  return out;
}

/** A new tensor with a function of each value of another. */
export function mapped(
  backend: WasmBackend,
  x: TensorInfo,
  dtype: DataType,
  of: (value: number) => number,
): TensorInfo {
  const out = backend.makeOutput(x.shape, dtype);
  const [from, to] = [valuesOf(backend, x), valuesOf(backend, out)];
  for (let i = 0; i < to.length; i++) to[i] = of(from[i]!);
  return out;
}

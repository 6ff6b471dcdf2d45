import * as tf from "@tensorflow/tfjs";
import { type Host, hostOf, type WasmBackend } from "./host.ts";

const host = (): Host => hostOf(tf.backend() as unknown as WasmBackend);

/**
 * The values of a float32 tensor of the present 'wasm' backend where they are:
 * no copy, and stale as soon as anything is allocated.
 */
export function valuesInPlace(tensor: tf.TensorInfo): Float32Array {
  const start = host().addressOf(tensor) / 4;
  const size = tensor.shape.reduce((product, side) => product * side, 1);
  return host().floats().subarray(start, start + size);
}

/** A float32 tensor whose memory nobody else uses: itself, or else a copy. */
export function overwritable(tensor: tf.Tensor): tf.Tensor {
  return tf.backend().refCount(tensor.dataId) === 1
    ? tensor
    : tf.mul(tensor, 1);
}

/** So many floats at a time stay in the cache. */
const piece = 1 << 14;

/** Adds values to a float32 tensor whose memory nobody else uses. */
export function addInPlace(tensor: tf.Tensor, values: Float32Array): void {
  const { addressOf, scratch, floats, call } = host();
  const address = addressOf(tensor);
  const copy = scratch("values to add", 4 * piece);
  for (let start = 0; start < values.length; start += piece) {
    const part = values.subarray(start, start + piece);
    floats().set(part, copy / 4);
    call.addBias!(address + 4 * start, copy, 1, part.length);
  }
}

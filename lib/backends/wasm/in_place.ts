import * as tf from "@tensorflow/tfjs";
import { hostOf, type WasmBackend } from "./host.ts";

/**
 * The values of a float32 tensor of the present 'wasm' backend where they are:
 * no copy, and stale as soon as anything is allocated.
 */
export function valuesInPlace(tensor: tf.Tensor): Float32Array {
  const host = hostOf(tf.backend() as unknown as WasmBackend);
  const start = host.addressOf(tensor) / 4;
  return host.floats().subarray(start, start + tensor.size);
}

import * as tf from "@tensorflow/tfjs";
import type { WasmBackend } from "./host.ts";

/**
 * A kernel that is asked first, before tfjs's own of the same name.
 *
 * @param run Returns nothing for what it leaves to tfjs's.
 * @param stock What it leaves that to (default tfjs's own).
 */
export function override(
  kernelName: string,
  run: (
    inputs: tf.NamedTensorInfoMap,
    attrs: unknown,
    backend: WasmBackend,
  ) => tf.TensorInfo | tf.TensorInfo[] | undefined,
  stock: tf.KernelConfig = tf.getKernel(kernelName, "wasm"),
): tf.KernelConfig {
  return {
    ...stock,
    kernelFunc: (call) =>
      run(call.inputs, call.attrs, call.backend as WasmBackend) ??
        stock.kernelFunc(call),
  };
}

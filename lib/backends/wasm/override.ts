import * as tf from "@tensorflow/tfjs";
import type { WasmBackend } from "./host.ts";

/**
 * A kernel that is asked first, before tfjs's own of the same name.
 *
 * @param run Returns nothing for what it leaves to tfjs's.
 */
export function override(
  kernelName: string,
  run: (
    inputs: tf.NamedTensorInfoMap,
    attrs: unknown,
    backend: WasmBackend,
  ) => tf.TensorInfo | tf.TensorInfo[] | undefined,
): tf.KernelConfig {
  const stock = tf.getKernel(kernelName, "wasm");
  return {
    ...stock,
    kernelFunc: (call) =>
      run(call.inputs, call.attrs, call.backend as WasmBackend) ??
        stock.kernelFunc(call),
  };
}

/**
 * tfjs's own kernels, as they are before this library puts others in their place:
 * to be imported before it.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";

/** By their names. */
export const ownKernels: ReadonlyMap<string, tf.KernelConfig> = new Map(
  tf.getKernelsForBackend("wasm").map((kernel) => [kernel.kernelName, kernel]),
);

import * as tf from "@tensorflow/tfjs";
import type { KernelCall } from "./label.ts";

/** What a kernel gives. */
export type KernelOutput = tf.TensorInfo | tf.TensorInfo[];

/**
 * Puts something around each kernel of the current backend.
 *
 * @param around Gets the kernel's name, its call, and what runs it; gives what that
 * gives.
 * @returns What makes the kernels as they were.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const names: string[] = [];
 * const restore = wrapKernels((name, _, run) => (names.push(name), run()));
 * tf.relu(tf.scalar(1));
 * restore();
 * tf.abs(tf.scalar(1));
 * assert.deepEqual(names, ["Relu"]);
 * ```
 */
export function wrapKernels(
  around: (
    name: string,
    call: KernelCall,
    run: () => KernelOutput,
  ) => KernelOutput,
): () => void {
  const kernels = tf.getKernelsForBackend(tf.getBackend());
  const replace = (kernel: tf.KernelConfig) => {
    tf.unregisterKernel(kernel.kernelName, kernel.backendName);
    tf.registerKernel(kernel);
  };
  for (const kernel of kernels) {
    const { kernelName, kernelFunc } = kernel;
    replace({
      ...kernel,
      kernelFunc: (params) =>
        around(kernelName, params, () => kernelFunc(params)),
    });
  }
  return () => kernels.forEach(replace);
}

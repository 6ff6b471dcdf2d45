import * as tf from "@tensorflow/tfjs";
import type { WebGpuKernel } from "./kernel.ts";

/**
 * Puts kernels in the place of the 'webgpu' backend's own of the same names, which
 * still run where these do not take the attributes.
 */
export function registerKernels(kernels: readonly WebGpuKernel[]): void {
  for (const { takes, ...kernel } of kernels) {
    const { kernelName, backendName, kernelFunc } = kernel;
    const stock = tf.getKernel(kernelName, backendName);
    if (stock) tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({
      ...kernel,
      kernelFunc: (options) =>
        stock && !takes(options.attrs ?? {}, options.inputs)
          ? stock.kernelFunc(options)
          : kernelFunc(options),
    });
  }
}

/**
 * Training on TensorFlow.js's WASM backend. Importing this module gives the
 * 'wasm' backend the kernels that it lacks (the gradient of a convolution's
 * filter) and faster ones where training spends its time, so that any model made
 * with tf.layers becomes trainable by `model.fit`.
 *
 * ```ts ignore
 * import * as tf from "@tensorflow/tfjs";
 * import "@tensorflow/tfjs-backend-wasm";
 * import "@facenet/mnist/backends/wasm";
 * await tf.setBackend("wasm");
 * ```
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { convolutionKernels } from "./convolution_kernels.ts";
import { matmulKernels } from "./matmul_kernels.ts";

const present = new Set(
  tf.getKernelsForBackend("wasm").map(({ kernelName }) => kernelName),
);
for (const kernel of [...convolutionKernels, ...matmulKernels]) {
  if (present.has(kernel.kernelName)) {
    tf.unregisterKernel(kernel.kernelName, "wasm");
  }
  tf.registerKernel(kernel);
}

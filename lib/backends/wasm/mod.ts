/**
 * Training on TensorFlow.js's WASM backend. Importing this module gives the
 * 'wasm' backend the kernels that it lacks (the gradient of a convolution's
 * filter) and faster ones where training spends its time, so that convolutional
 * models made with tf.layers become trainable by `model.fit`. Depthwise and
 * separable convolutions and embeddings still lack a gradient there.
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
import { adamKernel } from "./adam.ts";
import { batchNormalizationKernels } from "./batch_normalization.ts";
import { batchNormalizationInferenceKernel } from "./batch_normalization_inference.ts";
import { convolutionKernels } from "./convolution_kernels.ts";
import { hostOf, type WasmBackend } from "./host.ts";
import { joiningKernels } from "./joining.ts";
import { matmulKernels } from "./matmul_kernels.ts";
import { poolingKernels } from "./pooling.ts";

const present = new Set(
  tf.getKernelsForBackend("wasm").map(({ kernelName }) => kernelName),
);
const kernels = [
  ...convolutionKernels,
  ...matmulKernels,
  ...poolingKernels,
  ...batchNormalizationKernels,
  batchNormalizationInferenceKernel,
  ...joiningKernels,
  adamKernel,
];
for (const kernel of kernels) {
  if (present.has(kernel.kernelName)) {
    tf.unregisterKernel(kernel.kernelName, "wasm");
  }
  tf.registerKernel(kernel);
}

/**
 * Which form of the kernels the 'wasm' backend runs.
 *
 * @throws {Error} If that backend has not been used yet.
 * @returns "flags" where V8 was started with its revectorizer and the kernels for
 * it passed their self-test, else "plain".
 */
export function wasmKernels(): "plain" | "flags" {
  const backend = tf.findBackend("wasm") as unknown as WasmBackend | null;
  if (!backend) {
    throw new Error(
      "Cannot tell the kernels: expected the wasm backend to be ready, got none",
    );
  }
  return hostOf(backend).tier.name;
}

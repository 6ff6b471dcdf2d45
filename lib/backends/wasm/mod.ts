/**
 * Training on TensorFlow.js's WASM backend. Importing this module gives the
 * 'wasm' backend the kernels that it lacks (the gradients of convolutions in
 * their filters, of depthwise convolutions and of embeddings, `tf.einsum`, complex
 * numbers and Fourier transforms) and faster ones where training spends its time,
 * so that models made with tf.layers become trainable by `model.fit`. Kernels that
 * give wrong values or write beyond their results are put right, and so are some
 * gradients, these on all backends. An allocation that fails throws, and so do
 * shapes, types, strides and paddings that a kernel cannot work with, before it
 * touches memory. All that tfjs 4.22 has for three dimensions is left alone, and its
 * conv3d has a wrong gradient.
 *
 * Convolutions are done directly, each output exact relative to what it sees;
 * {@linkcode setWinograd} lets all that fit be done by Winograd's tiles, which is
 * faster and less exact, and says how much.
 *
 * A NaN does not pass through all of tfjs's kernels here as it does elsewhere:
 * relu6, clipByValue, hardSigmoid and a relu that is fused with a depthwise
 * convolution make of it their lower bound, maximum and minimum the other value if
 * it is their second one; max pooling leaves it out, and in a window of nothing
 * else it and average pooling give −∞. relu and the other activations, products,
 * sums, means and losses pass it on. So a loss without NaN is no proof that there
 * was none before it; this library's training looks at its loss and its weights.
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
import { adamKernel } from "./tensors/adam.ts";
import { batchNormalizationInferenceKernel } from "./norm/inference.ts";
import { convolutionKernels } from "./conv/kernels.ts";
import { depthwiseKernels } from "./depthwise/gradients.ts";
import { depthwiseForwardKernels } from "./depthwise/forward.ts";
import { dilationKernels } from "./stock/dilation.ts";
import { floatKernels } from "./elementwise/kernels.ts";
import { hostOf, type WasmBackend } from "./runtime/host.ts";
import { joiningKernels } from "./tensors/joining.ts";
import { matmulKernels } from "./matmul/kernels.ts";
import { maxPoolWithArgmaxKernel } from "./pool/argmax.ts";
import { cleaningUp } from "./runtime/memory.ts";
import { normalizedConvolutionKernels } from "./conv/normalized.ts";
import { pointwiseKernels } from "./pointwise/kernels.ts";
import { poolingKernels } from "./pool/kernels.ts";
import { segmentSumKernel } from "./tensors/segment_sum.ts";
import { identityKernel } from "./tensors/sharing.ts";
import { sparseSegmentKernels } from "./tensors/sparse_segments.ts";
import {
  anyAxis,
  mendBatchNormalization,
} from "./stock/batch_normalization.ts";
import { refusingComplex } from "./complex/kernels.ts";
import { gradients } from "./stock/gradients.ts";
import { stockKernels } from "./stock/kernels.ts";

export { setWinograd, type WinogradUse, winogradUse } from "./winograd/use.ts";

const kernels = [
  ...stockKernels,
  ...floatKernels,
  ...convolutionKernels,
  ...depthwiseForwardKernels,
  ...depthwiseKernels,
  ...matmulKernels,
  ...poolingKernels,
  maxPoolWithArgmaxKernel,
  ...dilationKernels,
  ...normalizedConvolutionKernels,
  ...pointwiseKernels,
  anyAxis(batchNormalizationInferenceKernel),
  ...joiningKernels,
  segmentSumKernel,
  ...sparseSegmentKernels,
  identityKernel,
  adamKernel,
];
const stock = tf.getKernelsForBackend("wasm");
const all = new Map([...stock, ...kernels].map((kernel) => [
  kernel.kernelName,
  kernel,
]));
for (const { kernelName } of stock) tf.unregisterKernel(kernelName, "wasm");
for (const kernel of all.values()) {
  tf.registerKernel(cleaningUp(refusingComplex(kernel)));
}
for (const gradient of gradients) tf.registerGradient(gradient);
mendBatchNormalization();

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

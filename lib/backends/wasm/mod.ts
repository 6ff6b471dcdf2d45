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
 * The kernels are made of functions in TypeScript that write WebAssembly. Their
 * instructions are here too ({@linkcode wasmFunction}, {@linkcode f32x4} and what
 * stands beside them), for kernels of your own; notebook 09 builds one step by step.
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
import { cumulativeKernels } from "./reductions/cumulative.ts";
import { einsumKernel } from "./einsum/kernels.ts";
import { elementwiseKernels } from "./elementwise/any_type.ts";
import { floatKernels } from "./elementwise/kernels.ts";
import { hostOf } from "./runtime/host.ts";
import { layerKernels } from "./runtime/kernel.ts";
import { presentBackend } from "./use_threads.ts";
import { joiningKernels } from "./tensors/joining.ts";
import { matmulKernels } from "./matmul/kernels.ts";
import { maxPoolWithArgmaxKernel } from "./pool/argmax.ts";
import { cleaningUp } from "./runtime/memory.ts";
import { normalizedConvolutionKernels } from "./conv/normalized.ts";
import { pointwiseKernels } from "./pointwise/kernels.ts";
import { poolingKernels } from "./pool/kernels.ts";
import { reductionKernels } from "./reductions/kernels.ts";
import { segmentSumKernel } from "./tensors/segment_sum.ts";
import { identityKernel } from "./tensors/sharing.ts";
import { sparseSegmentKernels } from "./tensors/sparse_segments.ts";
import {
  mendBatchNormalization,
  otherAxesKernel,
} from "./stock/batch_normalization.ts";
import { complexKernels, refusingComplex } from "./complex/kernels.ts";
import { mendNormalizationLayers } from "./stock/normalization_layers.ts";
import { gradients } from "./stock/gradients.ts";
import { stockKernels } from "./stock/kernels.ts";

export type { Code, Local, ValueType, WasmFunction } from "./asm/code.ts";
export { forEach, repeat } from "./asm/control.ts";
export {
  type BinaryInstruction,
  f32,
  f32x4,
  type FloatInstructions,
  i32,
  type IntegerInstructions,
  type Load,
  type VectorInstructions,
} from "./asm/instructions.ts";
export { wasmFunction } from "./asm/wasm_function.ts";
export { linkFunctions, type RunFunction } from "./linking/linker.ts";
export { setWinograd, type WinogradUse, winogradUse } from "./winograd/use.ts";

const stock = tf.getKernelsForBackend("wasm");
for (const { kernelName } of stock) tf.unregisterKernel(kernelName, "wasm");

/** Of two kernels of one name, the later one comes first. */
const kernels = [
  ...stockKernels,
  ...complexKernels,
  einsumKernel,
  ...reductionKernels,
  ...cumulativeKernels,
  ...elementwiseKernels,
  ...floatKernels,
  ...convolutionKernels,
  ...depthwiseForwardKernels,
  ...depthwiseKernels,
  ...matmulKernels,
  ...poolingKernels,
  maxPoolWithArgmaxKernel,
  ...normalizedConvolutionKernels,
  ...pointwiseKernels,
  batchNormalizationInferenceKernel,
  otherAxesKernel,
  ...joiningKernels,
  segmentSumKernel,
  ...sparseSegmentKernels,
  identityKernel,
  adamKernel,
];
for (const kernel of layerKernels([...stock, ...kernels])) {
  tf.registerKernel(cleaningUp(refusingComplex(kernel)));
}
for (const gradient of gradients) tf.registerGradient(gradient);
mendBatchNormalization();
mendNormalizationLayers();

/**
 * Which form of the kernels the 'wasm' backend runs.
 *
 * @throws {Error} If that backend has not been used yet.
 * @returns "flags" where V8 was started with its revectorizer and the kernels for
 * it passed their self-test, else "plain".
 */
export function wasmKernels(): "plain" | "flags" {
  const backend = presentBackend();
  if (!backend) {
    throw new Error(
      "Cannot tell the kernels: expected the wasm backend to be ready, got none",
    );
  }
  return hostOf(backend).tier.name;
}

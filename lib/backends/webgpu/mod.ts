/**
 * Training on TensorFlow.js's WebGPU backend. Importing this module gives the
 * 'webgpu' backend shaders of this library's own where training spends its time, and
 * the operations that tfjs has no kernel for. That backend then starts on a device with
 * all that its adapter has, and a read throws what the device reports.
 *
 * @module
 */
import "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-webgpu";
import { convolutionGradientKernels } from "./conv/kernels.ts";
import { convolutionKernels } from "./forward/conv2d.ts";
import { normalizedInferenceKernel } from "./forward/inference.ts";
import { normalizedTrainingKernels } from "./forward/normalized.ts";
import { registerBackend } from "./device/create_backend.ts";
import { normalizationKernels } from "./norm/kernels.ts";
import { pointwiseGradientKernels } from "./pointwise/kernels.ts";
import { poolingKernels } from "./pool/kernels.ts";
import { registerKernels } from "./runtime/register.ts";
import { tensorKernels } from "./tensors/kernels.ts";

registerKernels([
  ...convolutionKernels,
  ...normalizedTrainingKernels,
  normalizedInferenceKernel,
  ...convolutionGradientKernels,
  ...pointwiseGradientKernels,
  ...normalizationKernels,
  ...poolingKernels,
  ...tensorKernels,
]);
registerBackend();

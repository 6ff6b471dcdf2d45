import type { WasmKernel } from "../runtime/kernel.ts";
import { castKernel } from "./cast.ts";
import { dilationKernels } from "./dilation.ts";
import { gatherKernel } from "./gather.ts";
import { indexedKernels } from "./indices.ts";
import { movingKernels } from "./moving.ts";
import { preluKernel } from "./prelu.ts";

/**
 * Kernels of tfjs's WASM backend, put right where they give wrong values or read
 * and write beyond their tensors.
 */
export const stockKernels: WasmKernel[] = [
  castKernel,
  ...dilationKernels,
  gatherKernel,
  ...indexedKernels,
  ...movingKernels,
  preluKernel,
];

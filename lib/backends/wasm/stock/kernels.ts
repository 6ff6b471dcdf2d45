import type { KernelConfig } from "@tensorflow/tfjs";
import { castKernel } from "./cast.ts";
import { complexKernels } from "./complex.ts";
import { cumulativeKernels } from "./cumulative.ts";
import { einsumKernel } from "./einsum.ts";
import { elementwiseKernels } from "./elementwise.ts";
import { gatherKernel } from "./gather.ts";
import { indexedKernels } from "./indices.ts";
import { movingKernels } from "./moving.ts";
import { preluKernels } from "./prelu.ts";
import { reductionKernels } from "./reductions.ts";

/** Kernels of tfjs's WASM backend, put right where they give wrong values,
 * and those that it lacks. */
export const stockKernels: KernelConfig[] = [
  castKernel,
  ...complexKernels,
  ...cumulativeKernels,
  einsumKernel,
  ...elementwiseKernels,
  gatherKernel,
  ...indexedKernels,
  ...movingKernels,
  ...preluKernels,
  ...reductionKernels,
];

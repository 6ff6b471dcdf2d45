import type { KernelConfig } from "@tensorflow/tfjs";
import { castKernel } from "./cast.ts";
import { complexKernels } from "../complex/kernels.ts";
import { cumulativeKernels } from "../reductions/cumulative.ts";
import { einsumKernel } from "../einsum/kernels.ts";
import { elementwiseKernels } from "../elementwise/broadcasting.ts";
import { gatherKernel } from "./gather.ts";
import { indexedKernels } from "./indices.ts";
import { movingKernels } from "./moving.ts";
import { preluKernels } from "./prelu.ts";
import { reductionKernels } from "../reductions/kernels.ts";

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

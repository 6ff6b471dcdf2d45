import {
  normalizationGradientKernel,
  normalizationGradientsKernel,
} from "./gradient.ts";
import { localResponseKernels } from "./local_response.ts";
import { recomputeKernel } from "./recompute.ts";
import { unitLengthKernels } from "./unit_length.ts";

/** What training needs of normalizations beside their convolutions. */
export const normalizationKernels = [
  normalizationGradientKernel,
  normalizationGradientsKernel,
  recomputeKernel,
  ...localResponseKernels,
  ...unitLengthKernels,
];

import { adamKernel } from "./adam.ts";
import { joiningKernels } from "./joining.ts";

/** What training does with whole tensors. */
export const tensorKernels = [adamKernel, ...joiningKernels];

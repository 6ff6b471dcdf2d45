/**
 * What is measured on a GPU.
 *
 * @module
 */
import type { GpuDevice } from "../programs/webgpu.ts";
import type { PyTorch } from "../subjects/pytorch_environment.ts";
import { pytorchOnGpu } from "../subjects/subject.ts";
import { type GpuKernels, webGpu } from "../subjects/webgpu.ts";
import { type Case, caseOf, type Work } from "./case.ts";

/** Images at a time: as in the presets, or as many as a processor bears that plays a GPU. */
export const gpuBatch = ({ isSoftware }: GpuDevice): number =>
  isSoftware ? 20 : 240;

/** There a training step with tfjs's kernels takes half a minute. */
const roundsOfStock = 3;

/**
 * Training and inference on a GPU: ours, tfjs's own kernels, and PyTorch on the same
 * one where it finds it, with and without TF32.
 *
 * @param layouts How PyTorch keeps images.
 */
export function gpuCases(
  task: Work["task"],
  gpu: GpuDevice,
  torch: PyTorch | undefined,
  layouts: readonly string[],
): Case[] {
  const work: Work = { task, network: 28, batch: gpuBatch(gpu) };
  const own = (kernels: GpuKernels) => webGpu(kernels, gpu.name);
  const few = gpu.isSoftware ? { mostRounds: roundsOfStock } : {};
  return [
    caseOf(own("ours"), work),
    caseOf(own("stock"), { ...work, ...few }),
    ...(torch?.gpu === undefined ? [] : ["float32", "tf32"] as const).flatMap(
      (precision) =>
        layouts.map((variant) =>
          caseOf(pytorchOnGpu(torch!, precision), { ...work, variant })
        ),
    ),
  ];
}

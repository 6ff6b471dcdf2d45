import type { ThreadKernels } from "../linking/thread_kernels.ts";
import { writeMoments } from "./measured_moments.ts";

/**
 * What follows a convolution: it is done with every finished run of pixels, `[rows,
 * channels]`, while that is still in the cache.
 *
 * - "add bias": adds a value for each channel, and cuts off below 0 if rectified.
 * - "normalize": (y − mean) · scale + beta, cut off below 0.
 * - "measure": writes the run's moments where `measureMoments` wants them.
 */
export type Finish =
  | { kind: "add bias"; bias: number; rectified: boolean }
  | { kind: "normalize"; mean: number; scale: number; beta: number }
  | { kind: "measure"; moments: number };

/** Finishes a run. */
export function finishRun(
  kernels: ThreadKernels,
  finish: Finish | undefined,
  address: number,
  rows: number,
  channels: number,
  piece: number,
): void {
  const { call } = kernels;
  switch (finish?.kind) {
    case "add bias": {
      const { bias, rectified } = finish;
      const add = rectified ? call.addBiasRectified! : call.addBias!;
      add(address, bias, rows, channels);
      break;
    }
    case "normalize": {
      const { mean, scale, beta } = finish;
      const rescale = call.rectifiedScaleShift!;
      rescale(address, mean, scale, beta, address, rows, channels);
      break;
    }
    case "measure":
      writeMoments(kernels, finish.moments, address, rows, channels, piece);
  }
}

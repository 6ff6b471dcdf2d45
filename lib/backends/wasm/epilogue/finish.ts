import type { ThreadKernels } from "../linking/thread_kernels.ts";
import { addBias, addBiasRectified, rectifiedScaleShift } from "./functions.ts";
import { type MeasureFinish, writeMoments } from "./measured_moments.ts";

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
  | MeasureFinish;

/** Finishes a run. */
export function finishRun(
  kernels: ThreadKernels,
  finish: Finish | undefined,
  address: number,
  rows: number,
  channels: number,
  piece: number,
): void {
  switch (finish?.kind) {
    case "add bias": {
      const { bias, rectified } = finish;
      const add = rectified ? addBiasRectified : addBias;
      kernels.run(add, { y: address, bias, rows, channels });
      break;
    }
    case "normalize": {
      const { kind: _, ...constants } = finish;
      const run = { x: address, y: address, rows, channels };
      kernels.run(rectifiedScaleShift, { ...constants, ...run });
      break;
    }
    case "measure":
      writeMoments(kernels, finish.moments, address, rows, channels, piece);
  }
}

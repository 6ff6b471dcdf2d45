import { aRows } from "../gemm/row_table.ts";
import { scratchSlot } from "../linking/scratch.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import { gatherRuns } from "./gather_function.ts";
import type { TapRun } from "./taps.ts";
import {
  type Grid,
  type Images,
  tabulatePixels,
  wholeGrid,
} from "./windows.ts";

/** Windows of padded images, and what their taps see of them. */
export interface WindowRuns {
  images: Images;
  /** The windows' corners. */
  places: Grid;
  runs: readonly TapRun[];
}

const runSlot = scratchSlot("offsets of runs");
const gatheredSlot = scratchSlot("gathered windows");

/** A run shorter than this costs more than copying it. */
const shortRun = 32;

/**
 * Copies windows that consist of several short runs, as those of images with
 * one or three channels do, into rows of a matrix (im2col): one run each.
 * Others are left as they are.
 */
export function gatherShortRuns(
  kernels: ThreadKernels,
  windows: WindowRuns,
  filters: number,
): WindowRuns {
  const { images, places, runs } = windows;
  const length = runs[0]?.length ?? 0;
  const alike = runs.every((run, i) =>
    run.length === length &&
    run.weights === runs[0]!.weights + i * length * filters * 4
  );
  if (runs.length < 2 || length >= shortRun || !alike) return windows;
  const count = images.count * places.rows * places.columns;
  const channels = runs.length * length;
  const windowTable = tabulatePixels(kernels, aRows, images, places);
  const runTable = kernels.scratch(runSlot, runs.length * 4);
  const address = kernels.scratch(gatheredSlot, count * channels * 4);
  kernels.integers().set(runs.map(({ offset }) => offset), runTable / 4);
  kernels.run(gatherRuns, {
    windowTable,
    windows: count,
    runTable,
    runs: runs.length,
    length,
    target: address,
  });
  const matrix = { address, count: 1, height: count, width: 1, channels };
  return {
    images: matrix,
    places: wholeGrid(matrix),
    runs: [{ offset: 0, weights: runs[0]!.weights, length: channels }],
  };
}

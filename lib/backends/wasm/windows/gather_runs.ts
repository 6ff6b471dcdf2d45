import type { ThreadKernels } from "../linking/thread_kernels.ts";
import type { Run } from "./taps.ts";
import {
  type Grid,
  type Images,
  tabulatePixels,
  wholeGrid,
} from "./windows.ts";

/** Windows of padded images, and what their taps see of them. */
export interface Windows {
  images: Images;
  /** The windows' corners. */
  places: Grid;
  runs: readonly Run[];
}

/** A run shorter than this costs more than copying it. */
const shortRun = 32;

/**
 * Copies windows that consist of several short runs, as those of images with
 * one or three channels do, into rows of a matrix (im2col): one run each.
 * Others are left as they are.
 */
export function gatherShortRuns(
  kernels: ThreadKernels,
  windows: Windows,
  filters: number,
): Windows {
  const { images, places, runs } = windows;
  const length = runs[0]?.length ?? 0;
  const alike = runs.every((run, i) =>
    run.length === length &&
    run.weights === runs[0]!.weights + i * length * filters * 4
  );
  if (runs.length < 2 || length >= shortRun || !alike) return windows;
  const count = images.count * places.rows * places.columns;
  const channels = runs.length * length;
  const windowTable = tabulatePixels(kernels, "window table", images, places);
  const runTable = kernels.scratch("run table", runs.length * 4);
  const address = kernels.scratch("gathered windows", count * channels * 4);
  kernels.integers().set(runs.map(({ offset }) => offset), runTable / 4);
  kernels.call.gatherRuns!(
    windowTable,
    count,
    runTable,
    runs.length,
    length,
    address,
  );
  const matrix = { address, count: 1, height: count, width: 1, channels };
  return {
    images: matrix,
    places: wholeGrid(matrix),
    runs: [{ offset: 0, weights: runs[0]!.weights, length: channels }],
  };
}

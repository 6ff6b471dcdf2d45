import { scratchSlot } from "../linking/scratch.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";

/** Rows that the kernels add up in single precision. */
const runRows = 1024;

const slot = scratchSlot("sums of a run of rows");

/**
 * Two sums over rows for each channel. Only a thousand rows are added in single
 * precision, so the rounding error does not grow with the images.
 *
 * @param add Adds what `count` rows from the `first` one on give to the sums at two
 * addresses.
 */
export function sumInRuns(
  kernels: ThreadKernels,
  rows: number,
  channels: number,
  add: (first: number, count: number, sums: [number, number]) => void,
): [Float64Array, Float64Array] {
  const totals = new Float64Array(2 * channels);
  const address = kernels.scratch(slot, totals.length * 4);
  const sums = () =>
    kernels.floats().subarray(address / 4, address / 4 + totals.length);
  for (let first = 0; first < rows; first += runRows) {
    sums().fill(0);
    const count = Math.min(runRows, rows - first);
    add(first, count, [address, address + channels * 4]);
    const run = sums();
    for (let i = 0; i < totals.length; i++) totals[i]! += run[i]!;
  }
  return [totals.subarray(0, channels), totals.subarray(channels)];
}

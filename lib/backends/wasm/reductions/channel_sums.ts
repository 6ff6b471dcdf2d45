import type { ThreadKernels } from "../linking/thread_kernels.ts";

/** Rows that the kernels add up in single precision. */
const runRows = 1024;

/** Sums over rows, one for each channel. */
export interface ChannelSums {
  /** In double precision, by sum and channel. */
  totals: Float64Array[];
  /**
   * Adds rows, a run at a time: `run` adds to the sums at its addresses what
   * `count` rows from the `first` one on give.
   */
  add(
    rows: number,
    run: (first: number, count: number, addresses: number[]) => void,
  ): void;
}

/**
 * Makes some sums that start at 0. Only a thousand rows are added in single
 * precision, so the rounding error does not grow with the images.
 */
export function createChannelSums(
  kernels: ThreadKernels,
  channels: number,
  sums: number,
): ChannelSums {
  const totals = Array.from(
    { length: sums },
    () => new Float64Array(channels),
  );
  return {
    totals,
    add(rows, run) {
      const table = kernels.scratch("channel sums", sums * channels * 4);
      const addresses = totals.map((_, i) => table + i * channels * 4);
      for (let first = 0; first < rows; first += runRows) {
        kernels.floats().fill(0, table / 4, table / 4 + sums * channels);
        run(first, Math.min(runRows, rows - first), addresses);
        const floats = kernels.floats();
        totals.forEach((total, i) => {
          const start = addresses[i]! / 4;
          for (let c = 0; c < channels; c++) total[c]! += floats[start + c]!;
        });
      }
    },
  };
}

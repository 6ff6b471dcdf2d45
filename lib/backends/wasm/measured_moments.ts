import type { BatchMoments } from "./batch_moments.ts";
import { createChannelSums } from "./channel_sums.ts";
import type { Finish } from "./convolve.ts";
import type { Host } from "./host.ts";

/** Rows whose mean stands for that of all. */
const sampleRows = 1024;

/** Takes the moments of a convolution's result while it is being made. */
export interface MeasuredMoments {
  finish: Finish;
  /** Those of all rows so far. */
  moments(): BatchMoments;
}

/**
 * Begins to take moments.
 *
 * The sums are of differences from about the mean: E[z²] − E[z]² of the values
 * themselves would cancel where the mean is large. It is that of the first rows,
 * as a single pixel may be an outlier, found from a pixel, so that it is exact
 * where all are the same.
 *
 * @param number Tells apart those that are taken at the same time.
 */
export function measureMoments(
  host: Host,
  filters: number,
  number = 0,
): MeasuredMoments {
  const rowBytes = filters * 4;
  const pivot = host.scratch(`pivots ${number}`, rowBytes);
  host.floats().fill(0, pivot / 4, pivot / 4 + filters);
  const { totals, add } = createChannelSums(host, filters, 2);
  const addMoments = (address: number, rows: number, to: typeof add) =>
    to(rows, (row, count, addresses) => {
      const start = address + row * rowBytes;
      host.call.channelMoments!(start, pivot, count, filters, ...addresses);
    });
  let rows = 0;
  return {
    finish(address, count) {
      if (rows === 0) {
        host.call.copyRows!(address, 0, pivot, 0, rowBytes, 1);
        const sample = createChannelSums(host, filters, 2);
        const sampled = Math.min(count, sampleRows);
        addMoments(address, sampled, sample.add);
        const floats = host.floats();
        const [sums] = sample.totals as [Float64Array];
        for (let c = 0; c < filters; c++) {
          floats[pivot / 4 + c]! += sums[c]! / sampled;
        }
      }
      rows += count;
      addMoments(address, count, add);
    },
    moments() {
      const [sums, squares] = totals as [Float64Array, Float64Array];
      const floats = host.floats();
      const mean = new Float64Array(filters);
      const variance = new Float64Array(filters);
      for (let c = 0; c < filters; c++) {
        const shift = sums[c]! / Math.max(1, rows);
        mean[c] = floats[pivot / 4 + c]! + shift;
        variance[c] = Math.max(
          0,
          squares[c]! / Math.max(1, rows) - shift ** 2,
        );
      }
      return { rows, mean, variance };
    },
  };
}

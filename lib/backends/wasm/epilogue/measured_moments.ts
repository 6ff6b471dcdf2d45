import { type BatchMoments, combineMoments } from "./batch_moments.ts";
import { sumInRuns } from "./channel_sums.ts";
import { channelMoments } from "./functions.ts";
import type { Host } from "../runtime/host.ts";
import { scratchSlot } from "../linking/scratch.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";

/** Rows whose mean stands for that of all. */
const sampleRows = 64;

/** Says where the moments of a result go, a slot for each piece. */
export interface MeasureFinish {
  kind: "measure";
  moments: number;
}

const momentSlot = scratchSlot("moments of pieces");
const pivotSlot = scratchSlot("pivots of moments");

/** Takes the moments of a convolution's result while it is being made. */
export interface MeasuredMoments {
  /** What measures a result of so many pieces. */
  finish(pieces: number): MeasureFinish;
  /** The moments of all pieces, once they are there. */
  moments(): BatchMoments;
}

/**
 * Begins to take moments.
 *
 * @param number Tells apart those that are taken at the same time.
 */
export function measureMoments(
  host: Host,
  channels: number,
  number = 0,
): MeasuredMoments {
  let [address, pieces] = [0, 0];
  return {
    finish(count) {
      pieces = count;
      const bytes = 8 * slot(channels) * pieces;
      address = host.scratch(momentSlot, bytes, number);
      return { kind: "measure", moments: address };
    },
    moments() {
      if (pieces === 0) {
        const [mean, variance] = [
          new Float64Array(channels),
          new Float64Array(channels),
        ];
        return { rows: 0, mean, variance };
      }
      const doubles = host.doubles();
      const parts = Array.from({ length: pieces }, (_, piece) => {
        const start = address / 8 + piece * slot(channels);
        return {
          rows: doubles[start]!,
          mean: doubles.subarray(start + 1, start + 1 + channels),
          variance: doubles.subarray(
            start + 1 + channels,
            start + slot(channels),
          ),
        };
      });
      return combineMoments(parts);
    },
  };
}

/** Float64 of a piece: how many rows, then mean and variance of each channel. */
const slot = (channels: number) => 1 + 2 * channels;

/**
 * Writes the moments of a piece's rows to its slot.
 *
 * The sums are of differences from about the mean: E[z²] − E[z]² of the values
 * themselves would cancel where the mean is large. It is that of the first rows,
 * as a single pixel may be an outlier, found from a pixel, so that it is exact
 * where all are the same.
 */
export function writeMoments(
  kernels: ThreadKernels,
  moments: number,
  address: number,
  rows: number,
  channels: number,
  piece: number,
): void {
  const rowBytes = channels * 4;
  const pivot = kernels.scratch(pivotSlot, rowBytes);
  const momentsOf = (rows: number) =>
    sumInRuns(kernels, rows, channels, (first, rows, [sums, squares]) => {
      const x = address + first * rowBytes;
      kernels.run(channelMoments, { x, pivot, rows, channels, sums, squares });
    });
  kernels.floats().copyWithin(pivot / 4, address / 4, address / 4 + channels);
  const sampled = Math.min(rows, sampleRows);
  const [sample] = momentsOf(sampled);
  const floats = kernels.floats();
  for (let c = 0; c < channels; c++) {
    floats[pivot / 4 + c]! += sample[c]! / sampled;
  }
  const [sums, squares] = momentsOf(rows);
  const doubles = kernels.doubles();
  const mean = moments / 8 + piece * slot(channels) + 1;
  doubles[mean - 1] = rows;
  for (let c = 0; c < channels; c++) {
    const shift = sums[c]! / rows;
    doubles[mean + c] = floats[pivot / 4 + c]! + shift;
    doubles[mean + channels + c] = Math.max(
      0,
      squares[c]! / rows - shift ** 2,
    );
  }
}

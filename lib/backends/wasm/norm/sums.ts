import type { Host } from "../runtime/host.ts";
import { cutByValues, type CutUnits, unitsOf } from "../runtime/row_pieces.ts";
import type { Task } from "../threads/task.ts";

/** Rows that are added up in single precision. */
const runRows = 1024;

/** Gradients and values of `[rows, channels]`, and the channels' constants. */
export interface NormalizedRows {
  dy: number;
  z: number;
  mean: number;
  scale: number;
  beta: number;
  channels: number;
}

interface NormalizationSums extends CutUnits, NormalizedRows {
  /** Where each piece has its two sums for each channel, in double precision. */
  totals: number;
}

/**
 * Adds up some rows. Only a thousand of them are added in single precision, so the
 * rounding error does not grow with the images.
 */
export const sumNormalizedRows: Task<NormalizationSums> = {
  name: "sum normalized rows",
  run({ call, scratch, floats, doubles }, work, piece) {
    const { channels, dy, z, mean, scale, beta } = work;
    const { first, count } = unitsOf(work, piece);
    const sums = scratch("normalization sums", 2 * channels * 4);
    const start = work.totals / 8 + piece * 2 * channels;
    const totals = doubles().subarray(start, start + 2 * channels).fill(0);
    const run = floats().subarray(sums / 4, sums / 4 + 2 * channels);
    const end = first + count;
    for (let row = first; row < end; row += runRows) {
      run.fill(0);
      const [offset, rows] = [row * channels * 4, Math.min(runRows, end - row)];
      call.normalizationSums!(
        dy + offset,
        z + offset,
        mean,
        scale,
        beta,
        rows,
        channels,
        sums,
        sums + channels * 4,
      );
      for (let i = 0; i < totals.length; i++) totals[i]! += run[i]!;
    }
  },
};

/**
 * Σ g and Σ g · (z − mean) for each channel, where g is dy where y > 0.
 *
 * @param rows How many rows there are.
 */
export function sumNormalized(
  host: Host,
  given: NormalizedRows,
  rows: number,
): [gradients: Float64Array, products: Float64Array] {
  const { channels } = given;
  const cut = cutByValues(rows, 2 * channels);
  const size = 2 * channels;
  const totals = host.scratch("normalization totals", cut.pieces * size * 8);
  host.parallel(
    sumNormalizedRows,
    { ...given, ...cut, totals },
    cut.pieces,
  );
  const parts = host.doubles().subarray(totals / 8);
  const sums = new Float64Array(size);
  for (let piece = 0; piece < cut.pieces; piece++) {
    for (let i = 0; i < size; i++) sums[i]! += parts[piece * size + i]!;
  }
  return [sums.subarray(0, channels), sums.subarray(channels)];
}

import { sumInRuns } from "../epilogue/channel_sums.ts";
import { scratchSlot } from "../linking/scratch.ts";
import type { Host } from "../runtime/host.ts";
import { cutByValues, type CutUnits, unitsOf } from "../runtime/row_pieces.ts";
import type { Task } from "../threads/task.ts";
import { normalizationSums } from "./functions.ts";

/** Gradients and values of `[rows, channels]`, and the channels' constants. */
export interface NormalizedRows {
  dy: number;
  x: number;
  mean: number;
  scale: number;
  beta: number;
  channels: number;
}

interface PartSums extends CutUnits {
  given: NormalizedRows;
  /** Where each piece has its two sums for each channel, in double precision. */
  totals: number;
}

const totalsSlot = scratchSlot("sums of a normalization's gradient");

/** Adds up some rows. */
export const sumNormalizedRows: Task<PartSums> = {
  name: "sum normalized rows",
  run(kernels, { given, totals, ...cut }, piece) {
    const { channels } = given;
    const own = unitsOf(cut, piece);
    const sums = sumInRuns(
      kernels,
      own.count,
      channels,
      (first, rows, [dBeta, products]) => {
        const offset = (own.first + first) * channels * 4;
        const [dy, x] = [given.dy + offset, given.x + offset];
        const operands = { ...given, dy, x, rows, dBeta, products };
        kernels.run(normalizationSums, operands);
      },
    );
    const start = totals / 8 + piece * 2 * channels;
    sums.forEach((sum, i) => kernels.doubles().set(sum, start + i * channels));
  },
};

/**
 * Σ g and Σ g · (x − mean) for each channel, where g is dy where y > 0.
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
  const totals = host.scratch(totalsSlot, cut.pieces * size * 8);
  host.parallel(sumNormalizedRows, { given, totals, ...cut }, cut.pieces);
  const parts = host.doubles().subarray(totals / 8);
  const sums = new Float64Array(size);
  for (let piece = 0; piece < cut.pieces; piece++) {
    for (let i = 0; i < size; i++) sums[i]! += parts[piece * size + i]!;
  }
  return [sums.subarray(0, channels), sums.subarray(channels)];
}

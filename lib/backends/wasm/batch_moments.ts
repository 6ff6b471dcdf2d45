import { batchGather } from "../batch_statistics.ts";

/** Mean and (biased) variance of each channel over a batch. */
export interface BatchMoments {
  mean: Float64Array;
  variance: Float64Array;
}

/**
 * The moments of the whole batch from those of this thread's part of it.
 *
 * Source: Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm
 * for computing sample variances", 1979.
 *
 * @param rows How many values of each channel the part has.
 */
export function momentsOfBatch(
  rows: number,
  { mean, variance }: BatchMoments,
): BatchMoments {
  const gather = batchGather();
  if (!gather) return { mean, variance };
  const channels = mean.length;
  const parts = gather(pack(rows, [mean, variance]));
  const all = rowsOf(parts);
  const whole = {
    mean: new Float64Array(channels),
    variance: new Float64Array(channels),
  };
  for (const part of parts) {
    const share = part[0]! / Math.max(1, all);
    for (let c = 0; c < channels; c++) {
      whole.mean[c]! += part[1 + c]! * share;
    }
  }
  for (const part of parts) {
    const share = part[0]! / Math.max(1, all);
    for (let c = 0; c < channels; c++) {
      const apart = part[1 + c]! - whole.mean[c]!;
      whole.variance[c]! += (part[1 + channels + c]! + apart * apart) * share;
    }
  }
  return whole;
}

/**
 * Sums of the whole batch, and how many rows it has, from those of this thread's
 * part of it.
 */
export function sumsOfBatch(
  rows: number,
  sums: readonly Float64Array[],
): { rows: number; sums: readonly Float64Array[] } {
  const gather = batchGather();
  if (!gather) return { rows, sums };
  const channels = sums[0]!.length;
  const parts = gather(pack(rows, sums));
  return {
    rows: rowsOf(parts),
    sums: sums.map((_, i) => {
      const total = new Float64Array(channels);
      for (const part of parts) {
        for (let c = 0; c < channels; c++) {
          total[c]! += part[1 + i * channels + c]!;
        }
      }
      return total;
    }),
  };
}

/** A number of rows, and numbers for each channel, in one array. */
function pack(rows: number, values: readonly Float64Array[]): Float64Array {
  const channels = values[0]!.length;
  const packed = new Float64Array(1 + values.length * channels);
  packed[0] = rows;
  values.forEach((each, i) => packed.set(each, 1 + i * channels));
  return packed;
}

const rowsOf = (parts: readonly Float64Array[]) =>
  parts.reduce((sum, part) => sum + part[0]!, 0);

import { colleagues } from "../divided_batch.ts";

/** Mean and (biased) variance of each channel over a batch or a part of it. */
export interface BatchMoments {
  /** How many values of each channel there are. */
  rows: number;
  mean: Float64Array;
  variance: Float64Array;
}

/** Sums for each channel over a batch or a part of it. */
export interface BatchSums {
  /** How many values of each channel there are. */
  rows: number;
  sums: readonly Float64Array[];
}

/** The moments of the whole batch from those of this thread's part of it. */
export function momentsOfBatch(part: BatchMoments): BatchMoments {
  const parts = colleagues()?.gather(packMoments(part)).take();
  return parts ? combineMoments(parts) : part;
}

/** The sums over the whole batch from those of this thread's part of it. */
export function sumsOfBatch(part: BatchSums): BatchSums {
  const parts = colleagues()?.gather(packSums(part)).take();
  return parts ? combineSums(parts, part.sums.length) : part;
}

/** Moments as one array, to be sent. */
export function packMoments(
  { rows, mean, variance }: BatchMoments,
): Float64Array {
  return packSums({ rows, sums: [mean, variance] });
}

/** Sums as one array, to be sent. */
export function packSums({ rows, sums }: BatchSums): Float64Array {
  const channels = sums[0]!.length;
  const packed = new Float64Array(1 + sums.length * channels);
  packed[0] = rows;
  sums.forEach((each, i) => packed.set(each, 1 + i * channels));
  return packed;
}

/**
 * The moments of a whole from those of its parts, as `packMoments` made them.
 *
 * Source: Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm
 * for computing sample variances", 1979.
 */
export function combineMoments(parts: readonly Float64Array[]): BatchMoments {
  const channels = (parts[0]!.length - 1) / 2;
  const rows = rowsOf(parts);
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  for (const part of parts) {
    const share = part[0]! / Math.max(1, rows);
    for (let c = 0; c < channels; c++) mean[c]! += part[1 + c]! * share;
  }
  for (const part of parts) {
    const share = part[0]! / Math.max(1, rows);
    for (let c = 0; c < channels; c++) {
      const apart = part[1 + c]! - mean[c]!;
      variance[c]! += (part[1 + channels + c]! + apart * apart) * share;
    }
  }
  return { rows, mean, variance };
}

/** The sums of a whole from those of its parts, as `packSums` made them. */
export function combineSums(
  parts: readonly Float64Array[],
  count: number,
): BatchSums {
  const channels = (parts[0]!.length - 1) / count;
  const sums = Array.from({ length: count }, (_, i) => {
    const total = new Float64Array(channels);
    for (const part of parts) {
      for (let c = 0; c < channels; c++) {
        total[c]! += part[1 + i * channels + c]!;
      }
    }
    return total;
  });
  return { rows: rowsOf(parts), sums };
}

const rowsOf = (parts: readonly Float64Array[]) =>
  parts.reduce((sum, part) => sum + part[0]!, 0);

import { gatherStatistics } from "../batch_statistics.ts";

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
  const parts = gatherStatistics(Float64Array.of(rows, ...mean, ...variance))
    .map((values) => unpack(values, mean.length));
  if (parts.length === 1) return { mean, variance };
  const all = parts.reduce((sum, part) => sum + part.rows, 0);
  const whole = {
    mean: new Float64Array(mean.length),
    variance: new Float64Array(mean.length),
  };
  for (const part of parts) {
    part.mean.forEach((value, c) =>
      whole.mean[c]! += value * (part.rows / Math.max(1, all))
    );
  }
  for (const part of parts) {
    part.variance.forEach((value, c) => {
      const apart = part.mean[c]! - whole.mean[c]!;
      whole.variance[c]! += (value + apart * apart) *
        (part.rows / Math.max(1, all));
    });
  }
  return whole;
}

function unpack(
  values: Float64Array,
  channels: number,
): BatchMoments & { rows: number } {
  return {
    rows: values[0]!,
    mean: values.subarray(1, 1 + channels),
    variance: values.subarray(1 + channels),
  };
}

/**
 * Sums of the whole batch, and how many rows it has, from those of this thread's
 * part of it.
 */
export function sumsOfBatch(
  rows: number,
  sums: readonly Float64Array[],
): { rows: number; sums: Float64Array[] } {
  const channels = sums[0]!.length;
  const own = new Float64Array(1 + sums.length * channels);
  own[0] = rows;
  sums.forEach((sum, i) => own.set(sum, 1 + i * channels));
  const parts = gatherStatistics(own);
  if (parts.length === 1) return { rows, sums: [...sums] };
  const total = new Float64Array(own.length);
  for (const part of parts) part.forEach((value, i) => total[i]! += value);
  return {
    rows: total[0]!,
    sums: sums.map((_, i) =>
      total.subarray(1 + i * channels, 1 + (i + 1) * channels)
    ),
  };
}

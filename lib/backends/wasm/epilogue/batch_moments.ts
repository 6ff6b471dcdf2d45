/** Mean and (biased) variance of each channel over some rows. */
export interface BatchMoments {
  /** How many values of each channel there are. */
  rows: number;
  mean: Float64Array;
  variance: Float64Array;
}

/**
 * The moments of a whole from those of its parts, at least one.
 *
 * Source: Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm
 * for computing sample variances", 1979.
 */
export function combineMoments(parts: readonly BatchMoments[]): BatchMoments {
  const channels = parts[0]!.mean.length;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  for (const part of parts) {
    const share = part.rows / Math.max(1, rows);
    for (let c = 0; c < channels; c++) mean[c]! += part.mean[c]! * share;
  }
  for (const part of parts) {
    const share = part.rows / Math.max(1, rows);
    for (let c = 0; c < channels; c++) {
      const apart = part.mean[c]! - mean[c]!;
      variance[c]! += (part.variance[c]! + apart * apart) * share;
    }
  }
  return { rows, mean, variance };
}

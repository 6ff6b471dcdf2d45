import type { TensorInfo } from "@tensorflow/tfjs";
import type { NormalizationWeights } from "../../engine/normalization_weights.ts";
import { type Call, sizeOf } from "../runtime/kernel.ts";
import { lanesOf } from "../runtime/lanes.ts";
import { launch } from "../runtime/launch.ts";
import { groupSize, normalizeShader } from "./normalize_shader.ts";
import { mergeMoments, type PartialMoments } from "./partial_moments.ts";

/** How a normalization works. */
export interface NormalizationSettings {
  epsilon: number;
  momentum: number;
}

/**
 * Normalizes a convolution z by its moments, which are freed: one launch, or two where
 * there are many tiles of them.
 *
 * @returns `[y, z, constants, movingMean, movingVariance]`, where the constants
 * `[4, filters]` are the mean, the inverse deviation, the scale and beta of
 * y = relu((z − mean) · scale + beta).
 */
export function normalize(
  { backend, output, zeros }: Call,
  z: TensorInfo,
  measured: PartialMoments,
  { movingMean, movingVariance }: NormalizationWeights,
  { epsilon, momentum }: NormalizationSettings,
): TensorInfo[] {
  const filters = z.shape[3]!;
  const moments = mergeMoments(backend, measured);
  const { parts, tiles, tileRows, rows } = moments;
  const y = output(z.shape);
  const table = output([4, filters]);
  const [movedMean, movedVariance] = [output([filters]), output([filters])];
  // What has no values has no memory.
  const nothing = sizeOf(z.shape) === 0 ? [0, 1].map(() => zeros([4])) : [];
  const [from = z, to = y] = nothing;
  const lanes = lanesOf(filters);
  const channels = filters / lanes;
  const width = widthFor(channels);
  const across = Math.ceil(channels / width);
  const groupRows = Math.max(
    leastRows,
    4 * tiles,
    Math.ceil(rows / Math.ceil(manyGroups / across)),
  );
  launch(backend, normalizeShader[lanes], {
    inputs: { z: from, parts, movingMean, movingVariance },
    outputs: { y: to, table, movedMean, movedVariance },
    constants: {
      ...{ rows, tileRows, tiles, channels, width, groupRows },
      ...{ epsilon, momentum },
      // In double precision, as it has few digits.
      rest: 1 - momentum,
    },
    workgroups: [across, Math.max(1, Math.ceil(rows / groupRows))],
  });
  for (const { dataId } of [parts, ...nothing]) backend.disposeData(dataId);
  return [y, z, table, movedMean, movedVariance];
}

/** Rows that a workgroup has at least. */
const leastRows = 64;
/** As many workgroups keep a device busy. */
const manyGroups = 512;

/** The power of 2 with the fewest invocations beyond the last channel; the greatest of them. */
function widthFor(channels: number): number {
  const idle = (width: number) => Math.ceil(channels / width) * width;
  return [groupSize / 4, 8, 4, 2, 1].reduce((best, width) =>
    idle(width) < idle(best) ? width : best
  );
}

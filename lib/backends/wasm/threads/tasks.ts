import { addPieces } from "../add_parts.ts";
import { clearPiece } from "../clear_memory.ts";
import { convolveChunk } from "../convolve.ts";
import { copyStripes } from "../copy_stripes.ts";
import {
  convolveDepthwiseRows,
  depthwiseFilterImages,
  depthwiseInputImages,
} from "../depthwise_pieces.ts";
import { applyToPairs } from "../elementwise/pair_pieces.ts";
import { multiplyBlock, multiplyColumnSlice } from "../matmul.ts";
import { sumNormalizedRows } from "../normalization_sums.ts";
import {
  convolveStretch,
  filterGradientSlice,
  inputGradientStretch,
} from "../pixel_tasks.ts";
import { poolImages } from "../pool_images.ts";
import { callForRows } from "../row_pieces.ts";
import { sumColumns, sumSomeRows } from "../stock/axis_sums.ts";
import { sumSegments } from "../sum_segments.ts";
import { transposeStrip } from "../transpose_matrices.ts";
import { sumChunks } from "../window_sums.ts";
import { winogradTiles } from "../winograd.ts";
import {
  winogradPlaces,
  winogradValues,
  winogradWeights,
} from "../winograd_filter_gradient.ts";
import { winogradFilters } from "../winograd_filters.ts";
import type { Task } from "./task.ts";

const all = [
  addPieces,
  applyToPairs,
  callForRows,
  clearPiece,
  convolveChunk,
  convolveDepthwiseRows,
  convolveStretch,
  copyStripes,
  depthwiseFilterImages,
  depthwiseInputImages,
  filterGradientSlice,
  inputGradientStretch,
  multiplyBlock,
  multiplyColumnSlice,
  poolImages,
  sumChunks,
  sumColumns,
  sumNormalizedRows,
  sumSegments,
  sumSomeRows,
  transposeStrip,
  winogradFilters,
  winogradPlaces,
  winogradTiles,
  winogradValues,
  winogradWeights,
] as readonly Task<never>[];

/** What threads can help with, by name. */
export const tasks: ReadonlyMap<string, Task<never>> = new Map(
  all.map((task) => [task.name, task]),
);

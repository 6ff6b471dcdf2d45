import { addPieces } from "./tensors/add_parts.ts";
import { clearPiece } from "./runtime/clear_memory.ts";
import { convolveChunk } from "./conv/convolve.ts";
import { copyStripes } from "./tensors/copy_stripes.ts";
import {
  convolveDepthwiseRows,
  depthwiseFilterImages,
  depthwiseInputImages,
} from "./depthwise/pieces.ts";
import { adam } from "./tensors/functions.ts";
import {
  oneFunctions,
  pairFunctions,
  reluGradient,
} from "./elementwise/functions.ts";
import { pairTask } from "./elementwise/pair_pieces.ts";
import { multiplyBlock, multiplyColumnSlice } from "./matmul/matmul.ts";
import { rectifiedScaleShift, scaleShift } from "./epilogue/functions.ts";
import { normalizationGradient } from "./norm/functions.ts";
import { sumNormalizedRows } from "./norm/sums.ts";
import {
  convolveSomePixels,
  sumFilterGradients,
  sumPixelGradients,
} from "./pointwise/pixel_tasks.ts";
import { poolImages } from "./pool/images.ts";
import { sumColumns, sumSomeRows } from "./reductions/axis_sums.ts";
import { rowSums } from "./reductions/functions.ts";
import { rowTask } from "./runtime/row_pieces.ts";
import { sumSegments } from "./tensors/sum_segments.ts";
import { transposeStrip } from "./gemm/transpose_matrices.ts";
import { sumChunks } from "./conv/sum_chunks.ts";
import { winogradTiles } from "./winograd/correlate.ts";
import {
  winogradPlaces,
  winogradValues,
  winogradWeights,
} from "./winograd/filter_gradient.ts";
import { winogradFilters } from "./winograd/filters.ts";
import type { Task } from "./threads/task.ts";

const all = [
  ...[...pairFunctions, reluGradient].map(pairTask),
  ...oneFunctions.map(rowTask),
  rowTask(adam),
  rowTask(normalizationGradient),
  rowTask(rectifiedScaleShift),
  rowTask(rowSums),
  rowTask(scaleShift),
  addPieces,
  clearPiece,
  convolveChunk,
  convolveDepthwiseRows,
  convolveSomePixels,
  copyStripes,
  depthwiseFilterImages,
  depthwiseInputImages,
  sumFilterGradients,
  sumPixelGradients,
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

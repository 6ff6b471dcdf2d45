import type { backend_util, TensorInfo } from "@tensorflow/tfjs";
import { sizeOf } from "../runtime/check_inputs.ts";
import { clearMemory } from "../runtime/clear_memory.ts";
import { inputImages, isPointwise, outputImages } from "./conv2d.ts";
import { convolve } from "./convolve.ts";
import type { Host } from "../runtime/host.ts";
import { scratchSlot } from "../linking/scratch.ts";
import { pixelGradients } from "../pointwise/pointwise.ts";
import type { Tap } from "../windows/taps.ts";
import { transposeMatrices } from "../gemm/transpose_matrices.ts";
import { winogradConvolve } from "../winograd/correlate.ts";
import { usesWinograd } from "../winograd/use.ts";

type Conv2DInfo = backend_util.Conv2DInfo;

/** A tap as one phase of the input sees it, along one axis. */
interface PhaseTap {
  tap: number;
  /** The output pixel of phase pixel i is i + offset. */
  offset: number;
}

/**
 * The gradient of a convolution in its input.
 *
 * An input pixel y takes part in output pixel (y + padding − tap) / stride, where
 * that is whole. So the pixels with one remainder modulo the stride, a phase,
 * form an ordinary convolution of the output's gradient with the taps that fit:
 * a stride of 2 means four of them, and no multiplication by an inserted zero.
 *
 * @param dy The output's gradient `[batch, out height, out width, filters]`.
 * @param filter Weights `[height, width, channels, filters]`.
 * @param isNormalized As in `conv2d`.
 * @returns `[batch, height, width, channels]`; the caller owns it.
 */
export function conv2dInputGradient(
  host: Host,
  dy: TensorInfo,
  filter: TensorInfo,
  info: Conv2DInfo,
  isNormalized = false,
): TensorInfo {
  if (isPointwise(info)) return pixelGradients(host, [dy], [filter]);
  const dx = host.output(info.inShape);
  const target = host.addressOf(dx);
  if (usesWinograd(info, isNormalized)) {
    const { top, left } = info.padInfo;
    winogradConvolve(host, {
      input: outputImages(info, host.addressOf(dy)),
      padding: { top: 2 - top, left: 2 - left },
      output: inputImages(info, target),
      filter: host.addressOf(filter),
      turned: true,
    });
  } else {
    convolvePhases(host, dy, filter, info, target, false);
  }
  return dx;
}

/**
 * Adds the gradient of a convolution in its input to another one.
 *
 * @param sum `[batch, height, width, channels]`; nobody else may use its memory.
 */
export function addInputGradient(
  host: Host,
  dy: TensorInfo,
  filter: TensorInfo,
  info: Conv2DInfo,
  sum: TensorInfo,
): void {
  if (isPointwise(info)) pixelGradients(host, [dy], [filter], sum);
  else convolvePhases(host, dy, filter, info, host.addressOf(sum), true);
}

/** The gradient, or what it adds to the values that are there, phase by phase. */
function convolvePhases(
  host: Host,
  dy: TensorInfo,
  filter: TensorInfo,
  info: Conv2DInfo,
  target: number,
  accumulates: boolean,
): void {
  const output = inputImages(info, target);
  const { strideHeight, strideWidth, padInfo } = info;
  const rows = phases(info.filterHeight, strideHeight, padInfo.top);
  const columns = phases(info.filterWidth, strideWidth, padInfo.left);
  const rowPad = reach(rows, info.inHeight, strideHeight, info.outHeight);
  const columnPad = reach(columns, info.inWidth, strideWidth, info.outWidth);
  const padding = {
    top: rowPad.before,
    bottom: rowPad.after,
    left: columnPad.before,
    right: columnPad.after,
  };
  const transposed = transposeTaps(host, filter, info, columns);
  const hasGaps = [...rows, ...columns].some((taps) => taps.length === 0);
  if (hasGaps && !accumulates) {
    const bytes = 4 * sizeOf(info.inShape);
    clearMemory(host, { address: output.address, bytes });
  }
  rows.forEach((rowTaps, rowPhase) => {
    columns.forEach((columnTaps, columnPhase) => {
      const taps = rowTaps.flatMap((y) =>
        columnTaps.map((x): Tap => ({
          row: y.offset + padding.top,
          column: x.offset + padding.left,
          weights: transposed(y.tap, x.tap),
        }))
      );
      const grid = {
        rows: Math.ceil((info.inHeight - rowPhase) / strideHeight),
        columns: Math.ceil((info.inWidth - columnPhase) / strideWidth),
      };
      if (taps.length === 0 || grid.rows <= 0 || grid.columns <= 0) return;
      convolve(host, {
        input: outputImages(info, host.addressOf(dy)),
        padding,
        windows: {
          ...grid,
          rowStep: 1,
          columnStep: 1,
          firstRow: 0,
          firstColumn: 0,
        },
        taps,
        output,
        pixels: {
          ...grid,
          rowStep: strideHeight,
          columnStep: strideWidth,
          firstRow: rowPhase,
          firstColumn: columnPhase,
        },
        accumulates,
      });
    });
  });
}

/** The taps of each phase of one axis, in the order of their offsets. */
function phases(size: number, stride: number, padding: number): PhaseTap[][] {
  return Array.from({ length: stride }, (_, phase) => {
    const taps: PhaseTap[] = [];
    for (let tap = size - 1; tap >= 0; tap--) {
      const distance = phase + padding - tap;
      if (distance % stride === 0) {
        taps.push({ tap, offset: distance / stride });
      }
    }
    return taps;
  });
}

/** How far the phases reach over the ends of the output along one axis. */
function reach(
  phases: PhaseTap[][],
  inSize: number,
  stride: number,
  outSize: number,
): { before: number; after: number } {
  let [before, after] = [0, 0];
  phases.forEach((taps, phase) => {
    const last = Math.ceil((inSize - phase) / stride) - 1;
    for (const { offset } of taps) {
      before = Math.max(before, -offset);
      after = Math.max(after, last + offset - (outSize - 1));
    }
  });
  return { before, after };
}

const transposedSlot = scratchSlot("transposed taps");

/**
 * Writes each tap's weights as `[filters, channels]`, the taps of a phase next to
 * each other in the order in which they are used, and returns where they are.
 */
function transposeTaps(
  host: Host,
  filter: TensorInfo,
  info: Conv2DInfo,
  columns: PhaseTap[][],
): (row: number, column: number) => number {
  const { inChannels, outChannels, filterHeight, filterWidth } = info;
  const tapBytes = inChannels * outChannels * 4;
  const taps = filterHeight * filterWidth;
  const address = host.scratch(transposedSlot, taps * tapBytes);
  const source = host.addressOf(filter);
  const order = columns.flat().map(({ tap }) => tap);
  const place = (row: number, column: number) =>
    address + (row * filterWidth + order.indexOf(column)) * tapBytes;
  const matrices = Array.from({ length: taps }, (_, tap) => ({
    source: source + tap * tapBytes,
    target: place(Math.floor(tap / filterWidth), tap % filterWidth),
    rows: inChannels,
    columns: outChannels,
  }));
  transposeMatrices(host, matrices);
  return place;
}

import type { backend_util, TensorInfo } from "@tensorflow/tfjs";
import { sizeOf } from "../runtime/check_inputs.ts";
import { clearMemory } from "../runtime/clear_memory.ts";
import { inputImages, isPointwise, outputImages } from "./conv2d.ts";
import { convolve } from "./convolve.ts";
import type { Host } from "../runtime/host.ts";
import { pixelGradients } from "../pointwise/pointwise.ts";
import type { Tap } from "../windows/taps.ts";
import { phases, reach } from "./input_phases.ts";
import { transposeTaps } from "./transpose_taps.ts";
import { winogradConvolve } from "../winograd/correlate.ts";
import { usesWinograd } from "../winograd/use.ts";

type Conv2DInfo = backend_util.Conv2DInfo;

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
  const transposed = transposeTaps(
    host,
    filter,
    info,
    columns.flat().map(({ tap }) => tap),
  );
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

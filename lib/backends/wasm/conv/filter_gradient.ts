import type { backend_util, TensorInfo } from "@tensorflow/tfjs";
import { addParts, partialSums } from "../tensors/add_parts.ts";
import { sizeOf } from "../runtime/check_inputs.ts";
import { clearMemory } from "../runtime/clear_memory.ts";
import {
  filterTaps,
  inputImages,
  isPointwise,
  outputImages,
  windowGrid,
} from "./conv2d.ts";
import type { Host } from "../runtime/host.ts";
import { filterGradients } from "../pointwise/pointwise.ts";
import { sumChunks } from "./sum_chunks.ts";
import { cutSum } from "./window_sums.ts";
import { winogradFilterGradient } from "../winograd/filter_gradient.ts";
import { usesWinograd } from "../winograd/use.ts";

/**
 * The gradient of a convolution in its filter, the kernel that stock
 * TensorFlow.js lacks on WASM (tensorflow/tfjs issue 8474).
 *
 * Row (y, x, channel) of the result is the product, summed over all output
 * pixels, of the value that the tap saw and the output's gradient: Aᵀ · B with
 * the windows as A and the gradient as B.
 *
 * @param x Images `[batch, height, width, channels]`.
 * @param dy The output's gradient `[batch, out height, out width, filters]`.
 * @param isNormalized As in `conv2d`.
 * @returns `[height, width, channels, filters]`; the caller owns it.
 */
export function conv2dFilterGradient(
  host: Host,
  x: TensorInfo,
  dy: TensorInfo,
  info: backend_util.Conv2DInfo,
  isNormalized = false,
): TensorInfo {
  if (isPointwise(info)) return filterGradients(host, x, [dy])[0]!;
  const gradient = host.output(info.filterShape);
  const target = host.addressOf(gradient);
  const input = inputImages(info, host.addressOf(x));
  const output = outputImages(info, host.addressOf(dy));
  const padding = info.padInfo;
  if (usesWinograd(info, isNormalized)) {
    winogradFilterGradient(host, { input, padding, dy: output, target });
    return gradient;
  }
  const size = sizeOf(info.filterShape);
  if (sizeOf(info.outShape) === 0) {
    clearMemory(host, { address: target, bytes: size * 4 });
    return gradient;
  }
  const windows = windowGrid(info);
  const all = { input, padding, windows, taps: filterTaps(info, 0), output };
  const { parts, lines } = cutSum(all);
  const count = parts.pieces;
  const address = count === 1
    ? target
    : host.scratch(partialSums, count * size * 4);
  host.parallel(sumChunks, { ...all, size, address }, count * lines.pieces);
  if (count > 1) {
    addParts(host, { address, partBytes: size * 4, count, size, target });
  }
  return gradient;
}

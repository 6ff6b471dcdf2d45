import type { backend_util, TensorInfo } from "@tensorflow/tfjs";
import { inputImages, windowGrid } from "./conv2d.ts";
import type { Host } from "./host.ts";
import { multiplyColumns } from "./products.ts";
import { imagesAtOnce, padImages, tabulatePixels } from "./windows.ts";

/**
 * The gradient of a convolution in its filter, the kernel that stock
 * TensorFlow.js lacks on WASM (tensorflow/tfjs issue 8474).
 *
 * Row (y, x, channel) of the result is the product, summed over all output
 * pixels, of the value that the tap saw and the output's gradient: Aᵀ · B with
 * the windows as A, and a filter row's taps and channels contiguous in it.
 *
 * @param x Images `[batch, height, width, channels]`.
 * @param dy The output's gradient `[batch, out height, out width, filters]`.
 * @returns `[height, width, channels, filters]`; the caller owns it.
 */
export function conv2dFilterGradient(
  host: Host,
  x: TensorInfo,
  dy: TensorInfo,
  info: backend_util.Conv2DInfo,
): TensorInfo {
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  const gradient = host.output(info.filterShape);
  const target = host.addressOf(gradient);
  const input = inputImages(info, host.addressOf(x));
  const pixels = info.outHeight * info.outWidth;
  const rowBytes = outChannels * 4;
  const groupRows = filterWidth * inChannels;
  const atOnce = imagesAtOnce(input.count, pixels);
  if (input.count * pixels === 0) {
    const size = info.filterShape.reduce((product, side) => product * side);
    host.floats().fill(0, target / 4, target / 4 + size);
    return gradient;
  }
  for (let first = 0; first < input.count; first += atOnce) {
    const count = Math.min(atOnce, input.count - first);
    const padded = padImages(host, input, info.padInfo, first, count);
    multiplyColumns(host, {
      groups: Array.from({ length: filterHeight }, (_, y) => ({
        aOffset: y * padded.width * inChannels * 4,
        c: target + y * groupRows * rowBytes,
        rows: groupRows,
      })),
      kTable: tabulatePixels(host, "window table", padded, windowGrid(info)),
      depth: count * pixels,
      bAddress: host.addressOf(dy) + first * pixels * rowBytes,
      b: { stride: rowBytes, transposed: false },
      columns: outChannels,
      cStride: rowBytes,
      accumulates: first > 0,
    });
  }
  return gradient;
}

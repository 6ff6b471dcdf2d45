import type { backend_util, TensorInfo } from "@tensorflow/tfjs";
import { convolutionPieces, convolve } from "./convolve.ts";
import type { Finish } from "../epilogue/finish.ts";
import type { Host } from "../runtime/host.ts";
import { convolvePixels } from "../pointwise/pointwise.ts";
import type { Tap } from "../windows/taps.ts";
import { winogradConvolve, winogradPieces } from "../winograd/correlate.ts";
import { usesWinograd } from "../winograd/use.ts";
import { type Grid, type Images, wholeGrid } from "../windows/windows.ts";

type Conv2DInfo = backend_util.Conv2DInfo;

/**
 * The forward convolution.
 *
 * @param x Images `[batch, height, width, channels]`.
 * @param filter Weights `[height, width, channels, filters]`.
 * @param finish What follows, given the number of pieces.
 * @param isNormalized Whether its values are of the size that normalization
 * gives them, as `usesWinograd` asks.
 * @returns `[batch, out height, out width, filters]`; the caller owns it.
 */
export function conv2d(
  host: Host,
  x: TensorInfo,
  filter: TensorInfo,
  info: Conv2DInfo,
  finish?: (pieces: number) => Finish,
  isNormalized = false,
): TensorInfo {
  if (isPointwise(info)) return convolvePixels(host, x, [filter], [finish])[0]!;
  const out = host.output(info.outShape);
  const output = outputImages(info, host.addressOf(out));
  const weights = host.addressOf(filter);
  const images = {
    input: inputImages(info, host.addressOf(x)),
    padding: info.padInfo,
    output,
  };
  if (usesWinograd(info, isNormalized)) {
    winogradConvolve(host, {
      ...images,
      filter: weights,
      turned: false,
      finish: finish?.(winogradPieces(output)),
    });
  } else {
    const convolution = {
      ...images,
      windows: windowGrid(info),
      taps: filterTaps(info, weights),
      pixels: wholeGrid(output),
    };
    const pieces = convolutionPieces(convolution);
    convolve(host, { ...convolution, finish: finish?.(pieces) });
  }
  return out;
}

/** Whether each output pixel sees one input pixel, its own. */
export function isPointwise(info: Conv2DInfo): boolean {
  const { top, bottom, left, right } = info.padInfo;
  return info.filterHeight === 1 && info.filterWidth === 1 &&
    info.strideHeight === 1 && info.strideWidth === 1 &&
    Math.max(top, bottom, left, right) === 0;
}

/** The convolution's input as images in memory. */
export function inputImages(info: Conv2DInfo, address: number): Images {
  return {
    address,
    count: info.batchSize,
    height: info.inHeight,
    width: info.inWidth,
    channels: info.inChannels,
  };
}

/** The convolution's output as images in memory. */
export function outputImages(info: Conv2DInfo, address: number): Images {
  return {
    address,
    count: info.batchSize,
    height: info.outHeight,
    width: info.outWidth,
    channels: info.outChannels,
  };
}

/** The corner of the window of each output pixel in the padded input. */
export function windowGrid(info: Conv2DInfo): Grid {
  return {
    rows: info.outHeight,
    columns: info.outWidth,
    rowStep: info.strideHeight,
    columnStep: info.strideWidth,
    firstRow: 0,
    firstColumn: 0,
  };
}

/** The filter's taps in the order of their weights. */
export function filterTaps(info: Conv2DInfo, weights: number): Tap[] {
  const taps = [];
  for (let y = 0; y < info.filterHeight; y++) {
    for (let x = 0; x < info.filterWidth; x++) {
      taps.push({
        row: y * info.dilationHeight,
        column: x * info.dilationWidth,
        weights: weights +
          (y * info.filterWidth + x) * info.inChannels * info.outChannels * 4,
      });
    }
  }
  return taps;
}

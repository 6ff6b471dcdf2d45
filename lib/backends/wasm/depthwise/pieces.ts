/**
 * The passes of a depthwise convolution, in which every channel has `filters /
 * channels` filters of its own; the images' channels are copied as often before.
 *
 * @module
 */
import { clearMemory } from "../runtime/clear_memory.ts";
import type { Host } from "../runtime/host.ts";
import { cutByValues, type CutUnits, unitsOf } from "../runtime/row_pieces.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import { addParts, partialSums } from "../tensors/add_parts.ts";
import type { Task } from "../threads/task.ts";
import type { Geometry } from "../windows/geometry.ts";
import { addProducts, type DepthwisePass, pixelBytesOf } from "./products.ts";
import { eachRun, type PixelRun } from "./runs.ts";

type Depthwise = DepthwisePass & CutUnits;

/** Sets pixels to 0. */
function clear(
  { floats }: ThreadKernels,
  address: number,
  bytes: number,
): void {
  floats().fill(0, address / 4, (address + bytes) / 4);
}

/** For each output the sum of x · filter over the taps that see the image. */
export function convolveDepthwise(host: Host, pass: DepthwisePass): void {
  const { batchSize, outHeight, outWidth, outChannels } = pass.info;
  const taps = pass.info.filterHeight * pass.info.filterWidth;
  const cut = cutByValues(batchSize * outHeight, outWidth * outChannels * taps);
  host.parallel(convolveDepthwiseRows, { ...pass, ...cut }, cut.pieces);
}

/** Makes some rows of the outputs. */
export const convolveDepthwiseRows: Task<Depthwise> = {
  name: "convolve depthwise rows",
  run(kernels, { info, x, filter, y, ...cut }, piece) {
    const { outHeight, outWidth } = info;
    const { first, count } = unitsOf(cut, piece);
    const rowBytes = outWidth * pixelBytesOf(info);
    clear(kernels, y + first * rowBytes, count * rowBytes);
    const pass = { info, x, filter, y };
    const add = addProducts(kernels, pass, "x", "filter", "y");
    for (let row = first; row < first + count; row++) {
      eachRun(info, Math.floor(row / outHeight), row % outHeight, add);
    }
  },
};

/** For each pixel the sum of dy · filter over the taps that saw it. */
export function depthwiseInputGradient(host: Host, pass: DepthwisePass): void {
  const cut = cutImages(pass.info);
  host.parallel(depthwiseInputImages, { ...pass, ...cut }, cut.pieces);
}

/** Has the gradient in some images. */
export const depthwiseInputImages: Task<Depthwise> = {
  name: "depthwise input gradient",
  run(kernels, { info, x, filter, y, ...cut }, piece) {
    const imageBytes = info.inHeight * info.inWidth * pixelBytesOf(info);
    const { first, count } = unitsOf(cut, piece);
    clear(kernels, x + first * imageBytes, count * imageBytes);
    const pass = { info, x, filter, y };
    const add = addProducts(kernels, pass, "y", "filter", "x");
    eachImage(info, first, count, add);
  },
};

/** For each tap the sum of dy · x over the pixels that it saw. */
export function depthwiseFilterGradient(host: Host, pass: DepthwisePass): void {
  const { filterHeight, filterWidth, outChannels, batchSize } = pass.info;
  const size = filterHeight * filterWidth * outChannels;
  const partBytes = size * 4;
  if (batchSize === 0) {
    return clearMemory(host, { address: pass.filter, bytes: partBytes });
  }
  // Image by image, so that rounding errors do not pile up in one long sum.
  const address = host.scratch(partialSums, batchSize * partBytes);
  const cut = cutImages(pass.info);
  const work = { ...pass, filter: address, ...cut };
  host.parallel(depthwiseFilterImages, work, cut.pieces);
  const target = pass.filter;
  addParts(host, { address, partBytes, count: batchSize, size, target });
}

/** Has the sums of some images, one after the other. */
export const depthwiseFilterImages: Task<Depthwise> = {
  name: "depthwise filter gradient",
  run(kernels, { info, x, filter, y, ...cut }, piece) {
    const taps = info.filterHeight * info.filterWidth;
    const sumBytes = taps * pixelBytesOf(info);
    const { first, count } = unitsOf(cut, piece);
    clear(kernels, filter + first * sumBytes, count * sumBytes);
    for (let image = first; image < first + count; image++) {
      const pass = { info, x, filter: filter + image * sumBytes, y };
      const add = addProducts(kernels, pass, "y", "x", "filter");
      eachImage(info, image, 1, add);
    }
  },
};

function cutImages(info: Geometry): CutUnits {
  const taps = info.filterHeight * info.filterWidth;
  const outputs = info.outHeight * info.outWidth * info.outChannels;
  return cutByValues(info.batchSize, outputs * taps);
}

function eachImage(
  info: Geometry,
  first: number,
  count: number,
  visit: (run: PixelRun) => void,
): void {
  for (let image = first; image < first + count; image++) {
    for (let y = 0; y < info.outHeight; y++) eachRun(info, image, y, visit);
  }
}

/**
 * The passes of a depthwise convolution, in which every channel has `filters /
 * channels` filters of its own; the images' channels are copied as often before.
 *
 * @module
 */
import { eachRun } from "./runs.ts";
import type { Geometry } from "../windows/geometry.ts";
import type { Host } from "../runtime/host.ts";
import { cutByValues, type CutUnits, unitsOf } from "../runtime/row_pieces.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import type { Task } from "../threads/task.ts";

/** The addresses of images, filters and outputs, or of their gradients. */
export interface DepthwisePass {
  info: Geometry;
  x: number;
  filter: number;
  y: number;
}

type Depthwise = DepthwisePass & CutUnits;

const pixelBytesOf = ({ outChannels }: Geometry) => outChannels * 4;

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
    const pixelBytes = pixelBytesOf(info);
    const { outHeight, outWidth, strideWidth } = info;
    const { first, count } = unitsOf(cut, piece);
    const rowBytes = outWidth * pixelBytes;
    clear(kernels, y + first * rowBytes, count * rowBytes);
    for (let row = first; row < first + count; row++) {
      const image = Math.floor(row / outHeight);
      eachRun(info, image, row % outHeight, ({ input, output, tap, count }) => {
        kernels.call.multiplyAdd!(
          x + input * pixelBytes,
          strideWidth * pixelBytes,
          filter + tap * pixelBytes,
          0,
          y + output * pixelBytes,
          pixelBytes,
          count,
          info.outChannels,
        );
      });
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
    const pixelBytes = pixelBytesOf(info);
    const imageBytes = info.inHeight * info.inWidth * pixelBytes;
    const { first, count } = unitsOf(cut, piece);
    clear(kernels, x + first * imageBytes, count * imageBytes);
    eachImage(info, first, count, ({ input, output, tap, count }) => {
      kernels.call.multiplyAdd!(
        y + output * pixelBytes,
        pixelBytes,
        filter + tap * pixelBytes,
        0,
        x + input * pixelBytes,
        info.strideWidth * pixelBytes,
        count,
        info.outChannels,
      );
    });
  },
};

/** For each tap the sum of dy · x over the pixels that it saw. */
export function depthwiseFilterGradient(host: Host, pass: DepthwisePass): void {
  const { batchSize } = pass.info;
  const size = pass.info.filterHeight * pass.info.filterWidth *
    pass.info.outChannels;
  // Image by image, so that rounding errors do not pile up in one long sum.
  const sums = host.scratch("depthwise sums", batchSize * size * 4);
  const cut = cutImages(pass.info);
  const work = { ...pass, filter: sums, ...cut };
  host.parallel(depthwiseFilterImages, work, cut.pieces);
  const { filter } = pass;
  host.floats().fill(0, filter / 4, filter / 4 + size);
  for (let image = 0; image < batchSize; image++) {
    host.call.channelSums!(sums + image * size * 4, 1, size, filter);
  }
}

/** Has the sums of some images, one after the other. */
export const depthwiseFilterImages: Task<Depthwise> = {
  name: "depthwise filter gradient",
  run(kernels, { info, x, filter, y, ...cut }, piece) {
    const pixelBytes = pixelBytesOf(info);
    const sumBytes = info.filterHeight * info.filterWidth * pixelBytes;
    const { first, count } = unitsOf(cut, piece);
    clear(kernels, filter + first * sumBytes, count * sumBytes);
    for (let image = first; image < first + count; image++) {
      const sums = filter + image * sumBytes;
      eachImage(info, image, 1, ({ input, output, tap, count }) => {
        kernels.call.multiplyAdd!(
          y + output * pixelBytes,
          pixelBytes,
          x + input * pixelBytes,
          info.strideWidth * pixelBytes,
          sums + tap * pixelBytes,
          0,
          count,
          info.outChannels,
        );
      });
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
  visit: Parameters<typeof eachRun>[3],
): void {
  for (let image = first; image < first + count; image++) {
    for (let y = 0; y < info.outHeight; y++) eachRun(info, image, y, visit);
  }
}

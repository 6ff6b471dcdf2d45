import type { backend_util, TensorInfo } from "@tensorflow/tfjs";
import { filterTaps, inputImages, outputImages, windowGrid } from "./conv2d.ts";
import type { Host } from "./host.ts";
import { multiplyColumns, type Range, type RowGroup } from "./products.ts";
import {
  rangesOf,
  seenBy,
  type Tap,
  withoutPadding,
  worthSkipping,
} from "./taps.ts";
import {
  type Grid,
  imagesAtOnce,
  padImages,
  someImages,
  tabulatePixels,
  wholeGrid,
} from "./windows.ts";

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
 * @returns `[height, width, channels, filters]`; the caller owns it.
 */
export function conv2dFilterGradient(
  host: Host,
  x: TensorInfo,
  dy: TensorInfo,
  info: backend_util.Conv2DInfo,
): TensorInfo {
  const gradient = host.output(info.filterShape);
  const target = host.addressOf(gradient);
  const size = info.filterShape.reduce((product, side) => product * side);
  host.floats().fill(0, target / 4, target / 4 + size);

  const input = inputImages(info, host.addressOf(x));
  const output = outputImages(info, host.addressOf(dy));
  const taps = filterTaps(info, target);
  const windows = windowGrid(info);
  const corners = withoutPadding(windows, info.padInfo);
  const pixels = wholeGrid(output);
  const atOnce = imagesAtOnce(
    input.count,
    pixels.rows * pixels.columns,
    input.channels,
  );
  const skips = worthSkipping(taps, corners, input, atOnce);
  for (let first = 0; first < input.count; first += atOnce) {
    const count = Math.min(atOnce, input.count - first);
    const images = skips
      ? someImages(input, first, count)
      : padImages(host, input, info.padInfo, first, count);
    const places = skips ? corners : windows;
    const order = skips ? "by place" : "by image";
    const grads = someImages(output, first, count);
    const tables = {
      aTable: tabulatePixels(host, "window table", images, places, order),
      bTable: tabulatePixels(host, "pixel table", grads, pixels, order),
    };
    const rowBytes = output.channels * 4;
    const groupsOf = (taps: readonly Tap[]) =>
      joinTaps(taps, images.width, images.channels, rowBytes);
    const sums: Sum[] = skips
      ? sumsBySight(taps, corners, input, count, groupsOf)
      : [{
        groups: groupsOf(taps),
        range: { first: 0, count: count * pixels.rows * pixels.columns },
      }];
    for (const sum of sums) {
      multiplyColumns(host, {
        ...tables,
        ...sum,
        columns: output.channels,
        cStride: rowBytes,
        accumulates: true,
      });
    }
  }
  return gradient;
}

/** Rows of the gradient and the pixels that they sum over. */
interface Sum {
  groups: RowGroup[];
  range: Range;
}

/**
 * One sum for each row of pixels and each column of taps: there, the taps that
 * see the image do so in the same pixels.
 */
function sumsBySight(
  taps: readonly Tap[],
  corners: Grid,
  image: { height: number; width: number },
  count: number,
  groupsOf: (taps: readonly Tap[]) => RowGroup[],
): Sum[] {
  const sums: Sum[] = [];
  for (const column of new Set(taps.map((tap) => tap.column))) {
    for (let row = 0; row < corners.rows; row++) {
      const seeing = taps.filter((tap) => {
        const [from, to] = seenBy(tap, corners, image).rows;
        return tap.column === column && from <= row && row < to;
      });
      if (seeing.length === 0) continue;
      const area = seenBy(seeing[0]!, corners, image);
      const [range] = rangesOf(
        { ...area, rows: [row, row + 1] },
        corners,
        count,
      );
      if (range) sums.push({ groups: groupsOf(seeing), range });
    }
  }
  return sums;
}

/** The rows of C of each tap; neighbours in the image and in C are one group. */
function joinTaps(
  taps: readonly Tap[],
  width: number,
  channels: number,
  rowBytes: number,
): RowGroup[] {
  const groups: RowGroup[] = [];
  for (const { row, column, weights } of taps) {
    const aOffset = (row * width + column) * channels * 4;
    const before = groups.at(-1);
    if (
      before && aOffset === before.aOffset + before.rows * 4 &&
      weights === before.c + before.rows * rowBytes
    ) {
      before.rows += channels;
    } else {
      groups.push({ aOffset, c: weights, rows: channels });
    }
  }
  return groups;
}

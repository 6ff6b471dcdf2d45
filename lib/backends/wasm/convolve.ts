import type { Host } from "./host.ts";
import { multiplyRows, type Stretch } from "./products.ts";
import {
  type Grid,
  type Images,
  imagesAtOnce,
  type Padding,
  padImages,
  tabulatePixels,
} from "./windows.ts";

/** One tap of a filter: where it looks, and where its weights lie. */
export interface Tap {
  /** Rows and columns from the window's corner in the padded image. */
  row: number;
  column: number;
  /** Address of its `[channels in, channels out]` weights. */
  weights: number;
}

/** A correlation of images with taps, written to a grid of the output. */
export interface Convolution {
  input: Images;
  padding: Padding;
  /** The corners of the windows, as pixels of the padded images. */
  windows: Grid;
  taps: readonly Tap[];
  output: Images;
  /** The output pixels that the windows belong to, in the same order. */
  pixels: Grid;
  /** Address of a value for each output channel, or 0. */
  bias: number;
  rectified: boolean;
}

/**
 * Convolves a batch as matrix products: a row of A is a pixel's window, B the
 * weights. A few images are padded, tabulated and multiplied at a time.
 */
export function convolve(host: Host, convolution: Convolution): void {
  const { input, padding, windows, taps, output, pixels } = convolution;
  const rowsPerImage = pixels.rows * pixels.columns;
  const atOnce = imagesAtOnce(input.count, rowsPerImage);
  const outputBytes = output.height * output.width * output.channels * 4;
  for (let first = 0; first < input.count; first += atOnce) {
    const count = Math.min(atOnce, input.count - first);
    const padded = padImages(host, input, padding, first, count);
    multiplyRows(host, {
      rows: count * rowsPerImage,
      aTable: tabulatePixels(host, "window table", padded, windows),
      cTable: tabulatePixels(host, "pixel table", {
        ...output,
        address: output.address + first * outputBytes,
        count,
      }, pixels),
      cOffset: 0,
      columns: output.channels,
      stretches: joinTaps(taps, padded, output.channels),
      b: { stride: output.channels * 4, transposed: false },
      bias: convolution.bias,
      rectified: convolution.rectified,
    });
  }
}

/** Taps that follow each other in the image and in the weights are one run. */
function joinTaps(
  taps: readonly Tap[],
  { width, channels }: Images,
  outputChannels: number,
): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { row, column, weights } of taps) {
    const aOffset = (row * width + column) * channels * 4;
    const before = stretches.at(-1);
    if (
      before && aOffset === before.aOffset + before.depth * 4 &&
      weights === before.b + before.depth * outputChannels * 4
    ) {
      before.depth += channels;
    } else {
      stretches.push({ aOffset, b: weights, depth: channels });
    }
  }
  return stretches;
}

import type { Host } from "./host.ts";
import { gatherShortRuns } from "./gather_runs.ts";
import { multiplyRows, type Stretch } from "./products.ts";
import {
  joinTaps,
  rangesOf,
  seenBy,
  type Tap,
  withoutPadding,
  worthSkipping,
} from "./taps.ts";
import {
  type Grid,
  type Images,
  imagesAtOnce,
  type Padding,
  padImages,
  someImages,
  type TableOrder,
  tabulatePixels,
} from "./windows.ts";

/**
 * What follows a convolution: it gets every finished run of whole images,
 * `[rows, channels]` at an address, while it is still in the cache.
 */
export type Finish = (address: number, rows: number) => void;

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
  finish?: Finish | undefined;
}

/**
 * Convolves a batch as matrix products: a row of A is a pixel's window, B the
 * weights. A few images are tabulated and multiplied at a time.
 */
export function convolve(host: Host, convolution: Convolution): void {
  const { input, output, pixels, finish } = convolution;
  const rowsPerImage = pixels.rows * pixels.columns;
  const atOnce = imagesAtOnce(
    input.count,
    rowsPerImage,
    Math.max(input.channels, output.channels),
  );
  const view = worthSkipping(convolution, output.channels, atOnce)
    ? skipped
    : padded;
  for (let first = 0; first < input.count; first += atOnce) {
    const count = Math.min(atOnce, input.count - first);
    const part = someImages(output, first, count);
    const { images, places, order, stretches } = view(
      host,
      convolution,
      first,
      count,
    );
    const rows = count * rowsPerImage;
    const cTable = tabulatePixels(host, "pixel table", part, pixels, order);
    const complete = stretches[0]?.ranges[0]?.count === rows;
    if (!complete) {
      host.call.clearRows!(cTable, output.channels * 4, rows);
    }
    multiplyRows(host, {
      aTable: tabulatePixels(host, "window table", images, places, order),
      cTable,
      cOffset: 0,
      columns: output.channels,
      stretches,
      b: { stride: output.channels * 4, transposed: false },
      accumulates: !complete,
    });
    finish?.(part.address, count * output.height * output.width);
  }
}

/** Some images as the micro-kernels see them. */
interface View {
  images: Images;
  /** The windows' corners in these images. */
  places: Grid;
  order: TableOrder;
  stretches: Stretch[];
}

/** Images with zeros around them: every tap sees a pixel of every window. */
function padded(
  host: Host,
  { input, padding, windows, taps, output }: Convolution,
  first: number,
  count: number,
): View {
  const images = padImages(host, input, padding, first, count);
  const all = { first: 0, count: count * windows.rows * windows.columns };
  const { runs, ...view } = gatherShortRuns(host, {
    images,
    places: windows,
    runs: joinTaps(taps, images, output.channels),
  }, output.channels);
  return {
    ...view,
    order: "by image",
    stretches: runs.map(({ offset, weights, length }) => ({
      aOffset: offset,
      b: weights,
      depth: length,
      ranges: [all],
    })),
  };
}

/** Images as they are, and for each tap the windows in which it sees a pixel. */
function skipped(
  _host: Host,
  { input, padding, windows, taps }: Convolution,
  first: number,
  count: number,
): View {
  const corners = withoutPadding(windows, padding);
  const pixelBytes = input.channels * 4;
  const images = someImages(input, first, count);
  const stretches = taps.map((tap) => ({
    aOffset: (tap.row * input.width + tap.column) * pixelBytes,
    b: tap.weights,
    depth: input.channels,
    ranges: rangesOf(seenBy(tap, corners, input), windows, count),
  }));
  // The first tap of all overwrites, so it should see all if one does.
  const rows = ({ ranges }: Stretch) => -(ranges[0]?.count ?? 0);
  stretches.sort((a, b) => rows(a) - rows(b));
  return { images, places: corners, order: "by place", stretches };
}

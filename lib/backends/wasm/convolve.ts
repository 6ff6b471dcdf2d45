import { gatherShortRuns } from "./gather_runs.ts";
import type { Host } from "./host.ts";
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
  chunksOf,
  type Grid,
  type Images,
  type Padding,
  padImages,
  someImages,
  someRows,
  type TableOrder,
  tabulatePixels,
} from "./windows.ts";

/**
 * What follows a convolution: it gets every finished run of pixels, `[rows,
 * channels]` at an address, while it is still in the cache.
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
  /** Only where these are all pixels. */
  finish?: Finish | undefined;
}

/**
 * Convolves a batch as matrix products: a row of A is a pixel's window, B the
 * weights. A chunk of windows is tabulated and multiplied at a time.
 */
export function convolve(host: Host, convolution: Convolution): void {
  const { input, padding, windows, taps, output, pixels, finish } = convolution;
  const channels = Math.max(input.channels, output.channels);
  const chunks = chunksOf(input.count, windows, channels);
  const skips = worthSkipping(
    convolution,
    output.channels,
    chunks[0]?.images ?? 0,
  );
  const corners = skips ? withoutPadding(windows, padding) : windows;
  let images = input;
  for (const { firstImage, images: count, firstRow, rows } of chunks) {
    if (firstRow === 0) {
      images = skips
        ? someImages(input, firstImage, count)
        : padImages(host, input, padding, firstImage, count);
    }
    const places = someRows(corners, firstRow, rows);
    const view = skips
      ? viewSkipped(taps, images, places)
      : viewPadded(host, taps, images, places, output.channels);
    const part = someImages(output, firstImage, count);
    const cTable = tabulatePixels(
      host,
      "pixel table",
      part,
      someRows(pixels, firstRow, rows),
      view.order,
    );
    const windowsHere = count * rows * windows.columns;
    const complete = view.stretches[0]?.ranges[0]?.count === windowsHere;
    if (!complete) {
      host.call.clearRows!(cTable, output.channels * 4, windowsHere);
    }
    multiplyRows(host, {
      aTable: tabulatePixels(
        host,
        "window table",
        view.images,
        view.places,
        view.order,
      ),
      cTable,
      cOffset: 0,
      columns: output.channels,
      stretches: view.stretches,
      b: { stride: output.channels * 4, transposed: false },
      accumulates: !complete,
    });
    const rowBytes = output.width * output.channels * 4;
    finish?.(part.address + firstRow * rowBytes, count * rows * output.width);
  }
}

/** Windows as the micro-kernels see them. */
interface View {
  images: Images;
  /** The windows' corners in these images. */
  places: Grid;
  order: TableOrder;
  stretches: Stretch[];
}

/** Images with zeros around them: every tap sees a pixel of every window. */
function viewPadded(
  host: Host,
  taps: readonly Tap[],
  images: Images,
  places: Grid,
  filters: number,
): View {
  const { runs, ...view } = gatherShortRuns(host, {
    images,
    places,
    runs: joinTaps(taps, images, filters),
  }, filters);
  const all = { first: 0, count: images.count * places.rows * places.columns };
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
function viewSkipped(
  taps: readonly Tap[],
  images: Images,
  places: Grid,
): View {
  const { width, channels, count } = images;
  const stretches = taps.map((tap) => ({
    aOffset: (tap.row * width + tap.column) * channels * 4,
    b: tap.weights,
    depth: channels,
    ranges: rangesOf(seenBy(tap, places, images), places, count),
  }));
  // The first tap of all overwrites, so it should see all if one does.
  const rows = ({ ranges }: Stretch) => -(ranges[0]?.count ?? 0);
  stretches.sort((a, b) => rows(a) - rows(b));
  return { images, places, order: "by place", stretches };
}

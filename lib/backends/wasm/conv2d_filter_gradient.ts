import type { backend_util, TensorInfo } from "@tensorflow/tfjs";
import { filterTaps, inputImages, outputImages, windowGrid } from "./conv2d.ts";
import type { Host } from "./host.ts";
import { gatherShortRuns } from "./gather_runs.ts";
import { multiplyColumns, type Range } from "./products.ts";
import {
  joinTaps,
  rangesOf,
  type Run,
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
  const correlation: Correlation = {
    input,
    padding: info.padInfo,
    windows: windowGrid(info),
    taps: filterTaps(info, target),
    filters: output.channels,
  };
  const pixels = wholeGrid(output);
  const atOnce = imagesAtOnce(
    input.count,
    pixels.rows * pixels.columns,
    input.channels,
  );
  const view = worthSkipping(correlation, output.channels, atOnce)
    ? sumsBySight
    : sumsOfPadded;
  for (let first = 0; first < input.count; first += atOnce) {
    const count = Math.min(atOnce, input.count - first);
    const grads = someImages(output, first, count);
    const { images, places, order, sums } = view(
      host,
      correlation,
      first,
      count,
    );
    const tables = {
      aTable: tabulatePixels(host, "window table", images, places, order),
      bTable: tabulatePixels(host, "pixel table", grads, pixels, order),
    };
    for (const { runs, range } of sums) {
      multiplyColumns(host, {
        ...tables,
        groups: runs.map(({ offset, weights, length }) => ({
          aOffset: offset,
          c: weights,
          rows: length,
        })),
        range,
        columns: output.channels,
        cStride: output.channels * 4,
        accumulates: true,
      });
    }
  }
  return gradient;
}

/** The images, and what the taps see of them. */
interface Correlation {
  input: Images;
  padding: Padding;
  /** The corners of the windows, as pixels of the padded images. */
  windows: Grid;
  /** With the addresses of their weights' gradients. */
  taps: readonly Tap[];
  filters: number;
}

/** The gradient's sums over some images. */
interface View {
  images: Images;
  /** The windows' corners in these images. */
  places: Grid;
  order: TableOrder;
  sums: Sum[];
}

/** Rows of the gradient and the pixels that they sum over. */
interface Sum {
  runs: readonly Run[];
  range: Range;
}

/** Images with zeros around them: every tap sees a pixel of every window. */
function sumsOfPadded(
  host: Host,
  { input, windows, padding, taps, filters }: Correlation,
  first: number,
  count: number,
): View {
  const images = padImages(host, input, padding, first, count);
  const range = { first: 0, count: count * windows.rows * windows.columns };
  const { runs, ...view } = gatherShortRuns(host, {
    images,
    places: windows,
    runs: joinTaps(taps, images, filters),
  }, filters);
  return { ...view, order: "by image", sums: [{ runs, range }] };
}

/**
 * Images as they are. One sum for each row of pixels and each column of taps:
 * there, the taps that see the image do so in the same pixels.
 */
function sumsBySight(
  _host: Host,
  { input, windows, padding, taps, filters }: Correlation,
  first: number,
  count: number,
): View {
  const images = someImages(input, first, count);
  const places = withoutPadding(windows, padding);
  const sums: Sum[] = [];
  for (const column of new Set(taps.map((tap) => tap.column))) {
    for (let row = 0; row < places.rows; row++) {
      const seeing = taps.filter((tap) => {
        const [from, to] = seenBy(tap, places, input).rows;
        return tap.column === column && from <= row && row < to;
      });
      if (seeing.length === 0) continue;
      const area = seenBy(seeing[0]!, places, input);
      const [range] = rangesOf(
        { ...area, rows: [row, row + 1] },
        places,
        count,
      );
      if (range) sums.push({ runs: joinTaps(seeing, input, filters), range });
    }
  }
  return { images, places, order: "by place", sums };
}

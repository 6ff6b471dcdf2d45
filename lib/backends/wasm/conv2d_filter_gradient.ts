import type { backend_util, TensorInfo } from "@tensorflow/tfjs";
import { filterTaps, inputImages, outputImages, windowGrid } from "./conv2d.ts";
import type { Host } from "./host.ts";
import { tabulateOutputs, type WindowChunk, windowChunks } from "./chunks.ts";
import { gatherShortRuns } from "./gather_runs.ts";
import { multiplyColumns, type Range } from "./products.ts";
import { joinTaps, rangesOf, type Run, seenBy, type Tap } from "./taps.ts";
import { winogradFilterGradient } from "./winograd_filter_gradient.ts";
import { usesWinograd } from "./winograd_use.ts";
import {
  type Grid,
  type Images,
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
  const gradient = host.output(info.filterShape);
  const target = host.addressOf(gradient);
  const input = inputImages(info, host.addressOf(x));
  const output = outputImages(info, host.addressOf(dy));
  const padding = info.padInfo;
  if (usesWinograd(info, isNormalized)) {
    winogradFilterGradient(host, { input, padding, dy: output, target });
    return gradient;
  }
  const clear = () => {
    const end = target / 4 + tensorSize(info.filterShape);
    host.floats().fill(0, target / 4, end);
  };
  const filters = output.channels;
  const taps = filterTaps(info, target);
  const correlation = { input, padding, windows: windowGrid(info), taps };
  const pixels = wholeGrid(output);
  const chunks = windowChunks(host, correlation, filters, input.channels);
  let accumulates = false;
  for (const chunk of chunks) {
    // Where taps skip padding, no sum has all rows and could overwrite them.
    if (!accumulates && (chunk.skips || tensorSize(info.outShape) === 0)) {
      clear();
      accumulates = true;
    }
    const { images, order, places, sums } = chunk.skips
      ? viewSkipped(taps, chunk, filters)
      : viewPadded(host, taps, chunk, filters);
    const aTable = tabulatePixels(host, "window table", images, places, order);
    const bTable = tabulateOutputs(host, chunk, output, pixels, order);
    for (const { runs, range } of sums) {
      multiplyColumns(host, {
        aTable,
        groups: runs.map(({ offset, length }) => ({
          aOffset: offset,
          rows: length,
        })),
        range,
        products: [{
          bTable,
          columns: filters,
          cStride: filters * 4,
          targets: runs.map(({ weights }) => weights),
        }],
        accumulates,
      });
    }
    accumulates = true;
  }
  if (!accumulates) clear();
  return gradient;
}

const tensorSize = (shape: readonly number[]) =>
  shape.reduce((product, side) => product * side, 1);

/** Windows as the micro-kernels see them. */
interface View {
  images: Images;
  /** The windows' corners in these images. */
  places: Grid;
  order: TableOrder;
  sums: Sum[];
}

/** Rows of the gradient and the windows that they sum over. */
interface Sum {
  runs: readonly Run[];
  range: Range;
}

/** Images with zeros around them: every tap sees a pixel of every window. */
function viewPadded(
  host: Host,
  taps: readonly Tap[],
  { input: images, places }: WindowChunk,
  filters: number,
): View {
  const { runs, ...view } = gatherShortRuns(host, {
    images,
    places,
    runs: joinTaps(taps, images, filters),
  }, filters);
  const range = {
    first: 0,
    count: images.count * places.rows * places.columns,
  };
  return { ...view, order: "by image", sums: [{ runs, range }] };
}

/**
 * Images as they are. One sum for each row of windows and each column of taps:
 * there, the taps that see the image do so in the same windows.
 */
function viewSkipped(
  taps: readonly Tap[],
  { input: images, places }: WindowChunk,
  filters: number,
): View {
  const sums: Sum[] = [];
  for (const column of new Set(taps.map((tap) => tap.column))) {
    for (let row = 0; row < places.rows; row++) {
      const seeing = taps.filter((tap) => {
        const [from, to] = seenBy(tap, places, images).rows;
        return tap.column === column && from <= row && row < to;
      });
      if (seeing.length === 0) continue;
      const area = seenBy(seeing[0]!, places, images);
      const [range] = rangesOf(
        { ...area, rows: [row, row + 1] },
        places,
        images.count,
      );
      if (range) sums.push({ runs: joinTaps(seeing, images, filters), range });
    }
  }
  return { images, places, order: "by place", sums };
}

import type { backend_util } from "@tensorflow/tfjs";
import type { Finish } from "./convolve.ts";
import type { Host } from "./host.ts";
import { multiplyRows } from "./products.ts";
import type { Images } from "./windows.ts";
import { tilePixels, tileReach } from "./winograd_matrices.ts";
import {
  places,
  tabulateRows,
  tabulateTaps,
  tabulateTiles,
  taps,
  tileRuns,
  type TileValues,
  tileValues,
  tilingOf,
  zeros,
} from "./winograd_tiles.ts";

/** A correlation of images with 3×3 filters at stride 1. */
export interface WinogradConvolution {
  input: Images;
  /** Rows and columns of zeros before the image; below 0 leaves some out. */
  padding: { top: number; left: number };
  output: Images;
  /** Address of the weights `[3, 3, channels in, channels out]`. */
  filter: number;
  /**
   * Whether the weights are those of the convolution whose input gradient this
   * is, `[3, 3, channels out, channels in]`, to be turned by 180° and transposed.
   */
  turned: boolean;
  finish?: Finish | undefined;
}

/**
 * Convolves a batch by Winograd's minimal filtering: a quarter of the
 * multiplications of a plain convolution, where the tiles fit. The result for an
 * image does not depend on the others of its batch. How exact it is, and how far a
 * pixel that is not a finite number spreads, is said in winograd_use.ts.
 */
export function winogradConvolve(
  host: Host,
  { input, padding, output, filter, turned, finish }: WinogradConvolution,
): void {
  const [depth, columns] = [input.channels, output.channels];
  const tiling = tilingOf(output);
  const runs = tileRuns(tiling.count);
  const rows = runs[0]?.count ?? 0;
  const weights = transformFilter(host, filter, depth, columns, turned);
  const inputs = tileValues(host, "tile inputs", rows * depth);
  const products = tileValues(host, "tile products", rows * columns);
  const aTable = tabulateRows(host, "window table", inputs, rows, depth);
  const cTable = tabulateRows(host, "pixel table", products, rows, columns);
  const border = zeros(host, depth);
  const waste = host.scratch("waste", columns * 4);
  const window = { images: input, side: tileReach, ...padding };
  const pixels = { images: output, side: tilePixels, top: 0, left: 0 };
  const imageTiles = tiling.rows * tiling.columns;
  const imagePixels = output.height * output.width;
  for (const run of runs) {
    const { first, count } = run;
    host.call.winogradInput!(
      count,
      depth,
      tabulateTiles(host, "tile windows", tiling, run, window, border),
      inputs.address,
      inputs.stride,
    );
    for (let place = 0; place < places; place++) {
      multiplyRows(host, {
        aTable,
        cTable,
        cOffset: place * products.stride,
        columns,
        stretches: [{
          aOffset: place * inputs.stride,
          b: weights.address + place * weights.stride,
          depth,
          ranges: [{ first: 0, count }],
        }],
        b: { stride: columns * 4, transposed: false },
        accumulates: false,
      });
    }
    host.call.winogradOutput!(
      count,
      columns,
      tabulateTiles(host, "tile pixels", tiling, run, pixels, waste),
      products.address,
      products.stride,
    );
    const done = Math.floor(first / imageTiles);
    const images = Math.floor((first + count) / imageTiles) - done;
    if (images > 0) {
      finish?.(
        output.address + done * imagePixels * columns * 4,
        images * imagePixels,
      );
    }
  }
}

/** The filters' values, a matrix like one tap's weights at each place. */
function transformFilter(
  host: Host,
  filter: number,
  depth: number,
  columns: number,
  turned: boolean,
): TileValues {
  const size = depth * columns;
  const values = tileValues(host, "tile filters", size);
  let address = filter;
  if (turned) {
    address = host.scratch("transposed taps", taps * size * 4);
    for (let tap = 0; tap < taps; tap++) {
      const offset = tap * size * 4;
      const to = address + offset;
      host.call.transpose!(filter + offset, to, columns, depth);
    }
  }
  const table = tabulateTaps(host, address, size, turned);
  host.call.winogradFilter!(1, size, table, values.address, values.stride);
  return values;
}

/**
 * Whether a convolution can be, and is worth being, done in tiles: where they
 * save enough of the multiplications with pixels (those with padding are not
 * made in a plain convolution), and where there are enough to pay for the
 * transform of the filters.
 */
export function winogradFits(info: backend_util.Conv2DInfo): boolean {
  const { outHeight, outWidth, padInfo } = info;
  const plain = (3 * outHeight - padInfo.top - padInfo.bottom) *
    (3 * outWidth - padInfo.left - padInfo.right);
  const tiling = tilingOf({
    count: info.batchSize,
    height: outHeight,
    width: outWidth,
  });
  return info.filterHeight === 3 && info.filterWidth === 3 &&
    info.strideHeight === 1 && info.strideWidth === 1 &&
    info.dilationHeight === 1 && info.dilationWidth === 1 &&
    Math.min(info.inChannels, info.outChannels) >= 16 &&
    tiling.count >= 32 &&
    plain >= 1.5 * places * tiling.rows * tiling.columns;
}

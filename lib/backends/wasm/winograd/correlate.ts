import type { backend_util } from "@tensorflow/tfjs";
import { type Finish, finishRun } from "../epilogue/finish.ts";
import type { Host } from "../runtime/host.ts";
import { multiplyRows, oneBlock } from "../gemm/products.ts";
import { aRows, cRows, someRows, tabulateRows } from "../gemm/row_table.ts";
import { type ScratchSlot, scratchSlot } from "../linking/scratch.ts";
import type { Task } from "../threads/task.ts";
import type { Images } from "../windows/windows.ts";
import { inputToValues, valuesToOutput } from "./functions.ts";
import { transformFilters } from "./filters.ts";
import {
  pixelsOf,
  places,
  type TileRuns,
  tileRuns,
  type TileValues,
  tileValues,
  tilingOf,
  transformTiles,
  zeros,
} from "./tiles.ts";

/** Images that are correlated with 3×3 filters at stride 1. */
interface Correlation {
  input: Images;
  /** Rows and columns of zeros before the image; below 0 leaves some out. */
  padding: { top: number; left: number };
  output: Images;
  finish?: Finish | undefined;
}

/** A correlation of images with 3×3 filters at stride 1. */
export interface WinogradConvolution extends Correlation {
  /** Address of the weights `[3, 3, channels in, channels out]`. */
  filter: number;
  /**
   * Whether the weights are those of the convolution whose input gradient this
   * is, `[3, 3, channels out, channels in]`, to be turned by 180° and transposed.
   */
  turned: boolean;
}

/**
 * Tiles of a piece: enough rows to make packing a panel cheap, few enough that
 * their values stay in the cache.
 */
const [fewestTiles, mostTiles] = [60, 128];
/** Values at each place that a piece has at the least. */
const fewestValues = 4096;

/** Pieces come in fours where there are tiles enough, so that threads share well. */
function cutOf(output: Images): TileRuns {
  const tiling = tilingOf(output);
  const pieces = 4 * Math.ceil(tiling.count / (4 * mostTiles));
  const size = Math.ceil(tiling.count / Math.max(1, pieces));
  const fewest = Math.ceil(fewestValues / Math.max(1, output.channels));
  return tileRuns(tiling, Math.max(size, fewestTiles, fewest));
}

/** How many pieces a convolution's output is made in; each is finished by itself. */
export const winogradPieces = (output: Images): number => cutOf(output).count;

/**
 * Convolves a batch by Winograd's minimal filtering: a quarter of the
 * multiplications of a plain convolution, where the tiles fit. The result for an
 * image does not depend on the others of its batch. How exact it is, and how far a
 * pixel that is not a finite number spreads, is said in use.ts.
 */
export function winogradConvolve(
  host: Host,
  { filter, turned, ...correlation }: WinogradConvolution,
): void {
  const { input, output } = correlation;
  const weights = transformFilters(host, {
    address: filter,
    turned,
    depth: input.channels,
    columns: output.channels,
  });
  const pieces = winogradPieces(output);
  host.parallel(winogradTiles, { ...correlation, weights }, pieces);
}

const inputSlot = scratchSlot("values of inputs");
const productSlot = scratchSlot("values of outputs");
/** Where the output's pixels go that are outside of the image. */
const wasteSlot = scratchSlot("waste");

/** Convolves a run of tiles, with the values of the filters. */
export const winogradTiles: Task<Correlation & { weights: TileValues }> = {
  name: "winogradTiles",
  run(kernels, { input, padding, output, weights, finish }, piece) {
    const [depth, columns] = [input.channels, output.channels];
    const tiling = tilingOf(output);
    const run = cutOf(output).run(piece);
    const { count } = run;
    const inputs = tileValues(kernels, inputSlot, count * depth);
    const products = tileValues(kernels, productSlot, count * columns);
    transformTiles(kernels, inputToValues, tiling, run, {
      images: input,
      ...padding,
      outside: zeros(kernels, depth),
    }, inputs);
    const all = { first: 0, count };
    const tabulate = (slot: ScratchSlot, address: number, channels: number) =>
      tabulateRows(kernels, slot, someRows(address, all, channels));
    const aTable = tabulate(aRows, inputs.address, depth);
    const cTable = tabulate(cRows, products.address, columns);
    for (let place = 0; place < places; place++) {
      multiplyRows(kernels, {
        aTable,
        cTable,
        cOffset: place * products.stride,
        columns,
        blocks: oneBlock(
          count,
          depth,
          weights.address + place * weights.stride,
          place * inputs.stride,
        ),
        b: { stride: columns * 4, transposed: false },
        accumulates: false,
      });
    }
    transformTiles(kernels, valuesToOutput, tiling, run, {
      images: output,
      top: 0,
      left: 0,
      outside: kernels.scratch(wasteSlot, columns * 4),
    }, products);
    const pixels = pixelsOf(tiling, run, output);
    const address = output.address + pixels.first * columns * 4;
    finishRun(kernels, finish, address, pixels.count, columns, piece);
  },
};

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

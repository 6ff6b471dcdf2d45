import type { Host } from "../runtime/host.ts";
import { multiplyColumns } from "../gemm/products.ts";
import { aRows, bRows, someRows, tabulateRows } from "../gemm/row_table.ts";
import { type ScratchSlot, scratchSlot } from "../linking/scratch.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import { cutFairly, cutInto, pieceOf, type Range } from "../threads/pieces.ts";
import type { Task } from "../threads/task.ts";
import type { Images } from "../windows/windows.ts";
import { filterValues, taps, transformTaps } from "./filters.ts";
import {
  inputToValues,
  outputGradientToValues,
  valuesToFilterGradient,
} from "./functions.ts";
import {
  places,
  type TileValues,
  tileValues,
  tilingOf,
  transformTiles,
  zeros,
} from "./tiles.ts";

/** A convolution with 3×3 filters at stride 1 whose filter's gradient is due. */
export interface WinogradFilterGradient {
  input: Images;
  /** Rows and columns of zeros before the image. */
  padding: { top: number; left: number };
  /** The output's gradient. */
  dy: Images;
  /** Where the gradient `[3, 3, channels in, channels out]` goes. */
  target: number;
}

/** Working memory of all pieces. */
interface Operands extends WinogradFilterGradient {
  /** The tiles of the present batch. */
  batch: Range;
  /** Their values: of the inputs, and of the output's gradient. */
  inputs: TileValues;
  gradients: TileValues;
  /** The products at each place, `[channels in, channels out]`, summed over tiles. */
  sums: TileValues;
}

const inputSlot = scratchSlot("values of a batch's inputs");
const gradientSlot = scratchSlot("values of a batch's gradients");

/** Tiles of a batch at the most: their values should stay in the cache. */
const batchTiles = 384;

/** How a batch's tiles are cut: by the values at a place that a piece makes. */
const cutTiles = ({ input, dy, batch }: Operands) =>
  cutFairly(batch.count, Math.ceil(8192 / (input.channels + dy.channels)));

/** How the places are cut: by the multiplications of a piece. */
function cutPlaces({ input, dy, batch }: Operands) {
  const products = batch.count * input.channels * dy.channels;
  return cutFairly(places, Math.min(places, Math.ceil(2e6 / products)));
}

/** How the weights are cut. */
const cutWeights = ({ input, dy }: WinogradFilterGradient) =>
  cutFairly(input.channels * dy.channels, 16384);

/**
 * The gradient of a convolution in its filters by Winograd's minimal filtering:
 * what was a product of values going forward is one of an input's value and the
 * gradient of an output's value, summed over all tiles,
 *
 * dg = Gᵀ [Σ (Bᵀ d B) ⊙ (A dY Aᵀ)] G
 */
export function winogradFilterGradient(
  host: Host,
  gradient: WinogradFilterGradient,
): void {
  const { input: { channels: inChannels }, dy, target } = gradient;
  const size = inChannels * dy.channels;
  const { count } = tilingOf(dy);
  if (count === 0) {
    host.floats().fill(0, target / 4, target / 4 + taps * size);
    return;
  }
  const batches = cutInto(count, batchTiles);
  const values = (slot: ScratchSlot, channels: number) =>
    tileValues(host, slot, batches.size * channels);
  const operands = {
    ...gradient,
    inputs: values(inputSlot, inChannels),
    gradients: values(gradientSlot, dy.channels),
    sums: tileValues(host, filterValues, size),
  };
  for (let i = 0; i < batches.pieces; i++) {
    const present = { ...operands, batch: pieceOf(count, batches, i) };
    host.parallel(winogradValues, present, cutTiles(present).pieces);
    host.parallel(winogradPlaces, present, cutPlaces(present).pieces);
  }
  host.parallel(winogradWeights, operands, cutWeights(gradient).pieces);
}

/** Transforms some tiles of the batch. */
export const winogradValues: Task<Operands> = {
  name: "winogradValues",
  run(kernels, operands, piece) {
    const { input, padding, dy, batch, inputs, gradients } = operands;
    const { first, count } = pieceOf(batch.count, cutTiles(operands), piece);
    const tiles = { first: batch.first + first, count };
    const tiling = tilingOf(dy);
    const outside = zeros(kernels, Math.max(input.channels, dy.channels));
    const from = (values: TileValues, channels: number) => ({
      address: values.address + first * channels * 4,
      stride: values.stride,
    });
    transformTiles(kernels, inputToValues, tiling, tiles, {
      images: input,
      ...padding,
      outside,
    }, from(inputs, input.channels));
    transformTiles(kernels, outputGradientToValues, tiling, tiles, {
      images: dy,
      top: 0,
      left: 0,
      outside,
    }, from(gradients, dy.channels));
  },
};

/** Adds the batch's products at some places. */
export const winogradPlaces: Task<Operands> = {
  name: "winogradPlaces",
  run(kernels, operands, piece) {
    const { first, count } = pieceOf(places, cutPlaces(operands), piece);
    for (let place = first; place < first + count; place++) {
      addProducts(kernels, operands, place);
    }
  },
};

function addProducts(
  kernels: ThreadKernels,
  { input, dy, batch, inputs, gradients, sums }: Operands,
  place: number,
): void {
  const at = ({ address, stride }: TileValues) => address + place * stride;
  const range = { first: 0, count: batch.count };
  const rows = (slot: ScratchSlot, values: TileValues, channels: number) =>
    tabulateRows(kernels, slot, someRows(at(values), range, channels));
  multiplyColumns(kernels, {
    aTable: rows(aRows, inputs, input.channels),
    groups: [{ aOffset: 0, rows: input.channels }],
    range,
    products: [{
      bTable: rows(bRows, gradients, dy.channels),
      columns: dy.channels,
      cStride: dy.channels * 4,
      targets: [at(sums)],
    }],
    accumulates: batch.first > 0,
  });
}

/** Transforms some of the sums into weights' gradients. */
export const winogradWeights: Task<Omit<Operands, "batch">> = {
  name: "winogradWeights",
  run(kernels, operands, piece) {
    const { input, dy, target, sums } = operands;
    const size = input.channels * dy.channels;
    const { first, count } = pieceOf(size, cutWeights(operands), piece);
    const weights = { address: target + first * 4, tapBytes: size * 4 };
    transformTaps(kernels, valuesToFilterGradient, weights, count, {
      address: sums.address + first * 4,
      stride: sums.stride,
    });
  },
};

/**
 * The transform of a convolution's 3×3 filters for Winograd's minimal filtering.
 *
 * @module
 */
import { tabulateRows } from "../gemm/row_table.ts";
import { transposeTable } from "../gemm/transpose_functions.ts";
import { scratchSlot } from "../linking/scratch.ts";
import type { Host } from "../runtime/host.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import { cutFairly, pieceOf } from "../threads/pieces.ts";
import type { Task } from "../threads/task.ts";
import { filterToValues, type TileFunction } from "./functions.ts";
import { type TileValues, tileValues } from "./tiles.ts";

/** The filters of a convolution in memory. */
export interface Filters {
  /** Address of the weights `[3, 3, channels in, channels out]`. */
  address: number;
  /**
   * Whether the weights are those of the convolution whose input gradient this
   * is, `[3, 3, channels out, channels in]`, to be turned by 180° and transposed.
   */
  turned: boolean;
  /** Channels in. */
  depth: number;
  /** Channels out. */
  columns: number;
}

const filterSide = 3;
/** Taps of a filter. */
export const taps = filterSide ** 2;

/** Weights of a tap that a piece takes at the most, but for a row's rest. */
const pieceWeights = 16384;

/** How the channels in are cut. */
const cutOf = ({ depth, columns }: Pick<Filters, "depth" | "columns">) =>
  cutFairly(depth, Math.ceil(pieceWeights / Math.max(1, columns)));

/** Values of filters, or the sums that become their gradient: a call needs one of both. */
export const filterValues = scratchSlot("values of filters");

/**
 * Transforms filters into working memory: their values, a matrix `[channels in,
 * channels out]` at each place.
 */
export function transformFilters(host: Host, filters: Filters): TileValues {
  const { depth, columns } = filters;
  const values = tileValues(host, filterValues, depth * columns);
  host.parallel(winogradFilters, { filters, values }, cutOf(filters).pieces);
  return values;
}

/** Transforms the filters of some channels in. */
export const winogradFilters: Task<{ filters: Filters; values: TileValues }> = {
  name: "winogradFilters",
  run(kernels, { filters, values }, piece) {
    const { depth, columns, turned } = filters;
    const { first, count } = pieceOf(depth, cutOf(filters), piece);
    const offset = first * columns * 4;
    const weights = turned ? transposeTaps(kernels, filters, first, count) : {
      address: filters.address + offset,
      tapBytes: depth * columns * 4,
    };
    const { address, stride } = values;
    transformTaps(kernels, filterToValues, weights, count * columns, {
      address: address + offset,
      stride,
    });
  },
};

/** Some weights of each tap. */
interface TapWeights {
  /** The first tap's. */
  address: number;
  /** From a tap to the next. */
  tapBytes: number;
}

const turnedSlot = scratchSlot("turned taps");
const filterRows = scratchSlot("rows of a filter");

/** The taps from the last to the first, transposed. */
function transposeTaps(
  kernels: ThreadKernels,
  { address, depth, columns }: Filters,
  first: number,
  count: number,
): TapWeights {
  const rowBytes = columns * 4;
  const tapBytes = count * rowBytes;
  const target = kernels.scratch(turnedSlot, taps * tapBytes);
  const table = tabulateRows(kernels, filterRows, {
    address: address + first * 4,
    rowBytes: depth * 4,
    count: columns,
  });
  for (let tap = 0; tap < taps; tap++) {
    kernels.run(transposeTable, {
      table,
      offset: (taps - 1 - tap) * depth * rowBytes,
      rows: columns,
      columns: count,
      target: target + tap * tapBytes,
      stride: rowBytes,
    });
  }
  return { address: target, tapBytes };
}

/**
 * Transforms `count` weights of each tap into values, or back: a tile of which
 * each weight is a channel.
 */
export function transformTaps(
  kernels: ThreadKernels,
  transform: TileFunction,
  { address, tapBytes }: TapWeights,
  count: number,
  values: TileValues,
): void {
  kernels.run(transform, {
    ...{ tiles: 1, row: 0, column: 0, rows: 1, columns: 1 },
    image: address,
    height: filterSide,
    width: filterSide,
    pixelBytes: tapBytes,
    ...{ top: 0, left: 0, outside: 0 },
    channels: count,
    values: values.address,
    stride: values.stride,
  });
}

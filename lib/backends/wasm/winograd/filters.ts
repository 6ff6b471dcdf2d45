/**
 * The transform of a convolution's 3×3 filters for Winograd's minimal filtering.
 *
 * @module
 */
import type { Host } from "../runtime/host.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import { cutFairly, pieceOf } from "../threads/pieces.ts";
import type { Task } from "../threads/task.ts";
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

/**
 * Transforms filters into working memory: their values, a matrix `[channels in,
 * channels out]` at each place.
 */
export function transformFilters(host: Host, filters: Filters): TileValues {
  const { depth, columns } = filters;
  const values = tileValues(host, "tile filters", depth * columns);
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
    transformTaps(kernels, "winogradFilter", weights, count * columns, {
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

/** The taps from the last to the first, transposed. */
function transposeTaps(
  kernels: ThreadKernels,
  { address, depth, columns }: Filters,
  first: number,
  count: number,
): TapWeights {
  const rowBytes = columns * 4;
  const tapBytes = count * rowBytes;
  const target = kernels.scratch("transposed taps", taps * tapBytes);
  const rows = kernels.scratch("filter rows", rowBytes);
  kernels.call.tabulate!(rows, address + first * 4, depth * 4, columns);
  for (let tap = 0; tap < taps; tap++) {
    kernels.call.transposeTable!(
      rows,
      (taps - 1 - tap) * depth * rowBytes,
      columns,
      count,
      target + tap * tapBytes,
      rowBytes,
    );
  }
  return { address: target, tapBytes };
}

/**
 * Transforms `count` weights of each tap into values, or back: a tile of which
 * each weight is a channel.
 *
 * @param name A kernel of winograd_transforms.ts.
 */
export function transformTaps(
  kernels: ThreadKernels,
  name: string,
  { address, tapBytes }: TapWeights,
  count: number,
  values: TileValues,
): void {
  const tile = [1, 0, 0, 1, 1] as const;
  const image = [address, filterSide, filterSide, tapBytes, 0, 0, 0] as const;
  kernels.call[name]!(...tile, ...image, count, values.address, values.stride);
}

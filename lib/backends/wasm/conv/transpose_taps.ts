import type { backend_util, TensorInfo } from "@tensorflow/tfjs";
import { transposeMatrices } from "../gemm/transpose_matrices.ts";
import { scratchSlot } from "../linking/scratch.ts";
import type { Host } from "../runtime/host.ts";

const transposedSlot = scratchSlot("transposed taps");

/**
 * Writes each tap's weights as `[filters, channels]` into working memory: taps of a
 * phase that lie next to each other there can be joined to one product.
 *
 * @param order The columns of the filter, in the order in which they are used.
 * @returns Where a tap's weights are, until the next call.
 */
export function transposeTaps(
  host: Host,
  filter: TensorInfo,
  info: backend_util.Conv2DInfo,
  order: readonly number[],
): (row: number, column: number) => number {
  const { inChannels, outChannels, filterHeight, filterWidth } = info;
  const tapBytes = inChannels * outChannels * 4;
  const taps = filterHeight * filterWidth;
  const address = host.scratch(transposedSlot, taps * tapBytes);
  const source = host.addressOf(filter);
  const place = (row: number, column: number) =>
    address + (row * filterWidth + order.indexOf(column)) * tapBytes;
  const matrices = Array.from({ length: taps }, (_, tap) => ({
    source: source + tap * tapBytes,
    target: place(Math.floor(tap / filterWidth), tap % filterWidth),
    rows: inChannels,
    columns: outChannels,
  }));
  transposeMatrices(host, matrices);
  return place;
}

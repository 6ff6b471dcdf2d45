/**
 * Several 1×1 convolutions of the same images. Each stretch of pixels is read once
 * for all of them, while it is in the cache.
 *
 * @module
 */
import type { TensorInfo } from "@tensorflow/tfjs";
import { layout } from "./channels.ts";
import type { Finish } from "./convolve.ts";
import type { Host } from "./host.ts";
import { multiplyColumns, multiplyRows, type Range } from "./products.ts";
import { tileRows } from "./tile_arena.ts";

/**
 * The convolutions of images `[batch, height, width, channels]`.
 *
 * @param filters `[1, 1, channels, filters]` each.
 * @param finishes What follows each, stretch by stretch.
 * @returns `[batch, height, width, filters]` each; the caller owns them.
 */
export function convolvePixels(
  host: Host,
  x: TensorInfo,
  filters: readonly TensorInfo[],
  finishes: readonly Finish[] = [],
): TensorInfo[] {
  const { rows, channels } = layout(x);
  const outputs = filters.map(({ shape }) =>
    host.output([...x.shape.slice(0, 3), shape[3]!])
  );
  for (const stretch of stretches(rows, channels)) {
    const aTable = tabulate(host, "window table", x, stretch);
    outputs.forEach((output, i) => {
      const columns = output.shape[3]!;
      multiplyRows(host, {
        aTable,
        cTable: tabulate(host, "pixel table", output, stretch),
        cOffset: 0,
        columns,
        stretches: [{
          aOffset: 0,
          b: host.addressOf(filters[i]!),
          depth: channels,
          ranges: [{ first: 0, count: stretch.count }],
        }],
        b: { stride: columns * 4, transposed: false },
        accumulates: false,
      });
      const first = host.addressOf(output) + stretch.first * columns * 4;
      finishes[i]?.(first, stretch.count);
    });
  }
  return outputs;
}

/**
 * The sum of the convolutions' gradients in their images.
 *
 * @param dys The gradients of the results.
 * @param filters `[1, 1, channels, filters]` each.
 * @param sum What is added to, in place, if there is something; nobody else may
 * use its memory.
 * @returns `[batch, height, width, channels]`: the sum, or a new one that is the
 * caller's.
 */
export function pixelGradients(
  host: Host,
  dys: readonly TensorInfo[],
  filters: readonly TensorInfo[],
  sum?: TensorInfo,
): TensorInfo {
  const [first] = dys as [TensorInfo];
  const channels = filters[0]!.shape[2]!;
  const { rows } = layout(first);
  const dx = sum ?? host.output([...first.shape.slice(0, 3), channels]);
  const transposed = filters.map((filter, i) => {
    const depth = filter.shape[3]!;
    const address = host.scratch(
      `transposed filter ${i}`,
      channels * depth * 4,
    );
    host.call.transpose!(host.addressOf(filter), address, channels, depth);
    return address;
  });
  for (const stretch of stretches(rows, channels)) {
    const cTable = tabulate(host, "pixel table", dx, stretch);
    dys.forEach((dy, i) =>
      multiplyRows(host, {
        aTable: tabulate(host, "window table", dy, stretch),
        cTable,
        cOffset: 0,
        columns: channels,
        stretches: [{
          aOffset: 0,
          b: transposed[i]!,
          depth: filters[i]!.shape[3]!,
          ranges: [{ first: 0, count: stretch.count }],
        }],
        b: { stride: channels * 4, transposed: false },
        accumulates: sum !== undefined || i > 0,
      })
    );
  }
  return dx;
}

/**
 * The convolutions' gradients in their filters.
 *
 * @param dys The gradients of the results.
 * @returns `[1, 1, channels, filters]` each; the caller owns them.
 */
export function filterGradients(
  host: Host,
  x: TensorInfo,
  dys: readonly TensorInfo[],
): TensorInfo[] {
  const { rows, channels } = layout(x);
  const gradients = dys.map(({ shape }) =>
    host.output([1, 1, channels, shape[3]!])
  );
  if (rows === 0) {
    for (const gradient of gradients) clear(host, gradient);
    return gradients;
  }
  const all = { first: 0, count: rows };
  multiplyColumns(host, {
    aTable: tabulate(host, "window table", x, all),
    groups: [{ aOffset: 0, rows: channels }],
    range: all,
    products: dys.map((dy, i) => ({
      bTable: tabulate(host, `gradient table ${i}`, dy, all),
      columns: dy.shape[3]!,
      cStride: dy.shape[3]! * 4,
      targets: [host.addressOf(gradients[i]!)],
    })),
    accumulates: false,
  });
  return gradients;
}

function clear(host: Host, tensor: TensorInfo): void {
  const start = host.addressOf(tensor) / 4;
  const size = tensor.shape.reduce((product, side) => product * side, 1);
  host.floats().fill(0, start, start + size);
}

/**
 * Stretches of pixels that stay in the cache, in whole tiles and about equally
 * long: a last one of a few pixels would hardly pay for packing the filters.
 */
function stretches(rows: number, channels: number): Range[] {
  const most = Math.min(1020, Math.max(240, 3 * 2 ** 16 / channels));
  const size = tileRows * Math.ceil(rows / Math.ceil(rows / most) / tileRows);
  const all: Range[] = [];
  for (let first = 0; first < rows; first += size) {
    all.push({ first, count: Math.min(size, rows - first) });
  }
  return all;
}

/** Writes a table with the address of every pixel of a stretch. */
function tabulate(
  host: Host,
  name: string,
  images: TensorInfo,
  { first, count }: Range,
): number {
  const table = host.scratch(name, count * 4);
  const pixelBytes = images.shape[3]! * 4;
  const address = host.addressOf(images) + first * pixelBytes;
  host.call.tabulate!(table, address, pixelBytes, count);
  return table;
}

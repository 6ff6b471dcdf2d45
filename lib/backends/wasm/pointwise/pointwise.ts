/**
 * Several 1×1 convolutions of the same images. Each block of pixels is read once
 * for all of them, while it is in the cache.
 *
 * @module
 */
import type { TensorInfo } from "@tensorflow/tfjs";
import { addParts, partialSums } from "../tensors/add_parts.ts";
import { layout } from "../runtime/channels.ts";
import { sizeOf } from "../runtime/check_inputs.ts";
import type { Finish } from "../epilogue/finish.ts";
import type { Host } from "../runtime/host.ts";
import { cutPixels, cutSums } from "../gemm/pixel_pieces.ts";
import {
  convolveSomePixels,
  sumFilterGradients,
  sumPixelGradients,
} from "./pixel_tasks.ts";
import { scratchSlot } from "../linking/scratch.ts";
import { transposeMatrices } from "../gemm/transpose_matrices.ts";

/**
 * The convolutions of images `[batch, height, width, channels]`.
 *
 * @param filters `[1, 1, channels, filters]` each.
 * @param finishes What follows each, given the number of its pieces.
 * @returns `[batch, height, width, filters]` each; the caller owns them.
 */
export function convolvePixels(
  host: Host,
  x: TensorInfo,
  filters: readonly TensorInfo[],
  finishes: readonly (((pieces: number) => Finish) | undefined)[] = [],
): TensorInfo[] {
  const { rows, channels } = layout(x);
  const outputs = filters.map(({ shape }) =>
    host.output([...x.shape.slice(0, 3), shape[3]!])
  );
  const { pieces } = cutPixels(rows, channels);
  const products = outputs.map((output, i) => ({
    filter: host.addressOf(filters[i]!),
    output: host.addressOf(output),
    columns: output.shape[3]!,
    finish: finishes[i]?.(pieces),
  }));
  const operands = { x: host.addressOf(x), rows, channels, products };
  host.parallel(convolveSomePixels, operands, pieces);
  return outputs;
}

const transposedFilters = scratchSlot("transposed filters");

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
  const products = dys.map((dy, i) => {
    const depth = filters[i]!.shape[3]!;
    const bytes = channels * depth * 4;
    const filter = host.scratch(transposedFilters, bytes, i);
    return { dy: host.addressOf(dy), depth, filter };
  });
  transposeMatrices(
    host,
    products.map(({ filter, depth }, i) => ({
      source: host.addressOf(filters[i]!),
      target: filter,
      rows: channels,
      columns: depth,
    })),
  );
  host.parallel(sumPixelGradients, {
    rows,
    channels,
    dx: host.addressOf(dx),
    accumulates: sum !== undefined,
    products,
  }, cutPixels(rows, channels).pieces);
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
  const columns = dys.reduce((sum, { shape }) => sum + shape[3]!, 0);
  const { slices, parts } = cutSums(rows, channels, columns);
  const size = channels * columns;
  const sums = parts.pieces > 1
    ? host.scratch(partialSums, parts.pieces * size * 4)
    : undefined;
  let place = sums ?? 0;
  const products = dys.map((dy, i) => {
    const width = dy.shape[3]!;
    const target = sums ? place : host.addressOf(gradients[i]!);
    place += channels * width * 4;
    return { dy: host.addressOf(dy), columns: width, target };
  });
  host.parallel(sumFilterGradients, {
    x: host.addressOf(x),
    rows,
    channels,
    columns,
    products,
    partBytes: size * 4,
  }, slices.pieces * parts.pieces);
  if (sums === undefined) return gradients;
  gradients.forEach((gradient, i) =>
    addParts(host, {
      address: products[i]!.target,
      partBytes: size * 4,
      count: parts.pieces,
      size: channels * products[i]!.columns,
      target: host.addressOf(gradient),
    })
  );
  return gradients;
}

function clear(host: Host, tensor: TensorInfo): void {
  const start = host.addressOf(tensor) / 4;
  host.floats().fill(0, start, start + sizeOf(tensor.shape));
}

import type { TensorInfo } from "@tensorflow/tfjs";
import { defineProduct } from "../gemm/product.ts";
import { summedProduct, writeParts } from "../gemm/summed_product.ts";
import type { Call } from "../runtime/kernel.ts";
import { commonLanes } from "../runtime/lanes.ts";
import { windowConstants, type Windows } from "./windows.ts";

/** The images' pixels are the depth, a filter's weights the rows. */
const product = defineProduct({
  name: "filter gradient",
  inputs: ["x", "dy"],
  outputs: ["parts"],
  constants: windowConstants,
  along: { a: "rows", b: "columns" },
  functions: (lanes) => `
// The pixel of x that a window begins at, or a tap's distance from that: both may lie
// before the image, where whole numbers without a sign are beyond it.
struct Row { y: u32, x: u32, offset: u32 }
struct Depth { y: u32, x: u32, offset: u32, dy: u32 }
alias Column = u32;

fn rowOf(row: u32) -> Row {
  let tap = quotient(row, constants.inChannels);
  let channel = row - tap * constants.inChannels;
  let y = quotient(tap, constants.filterWidth);
  let x = tap - y * constants.filterWidth;
  return Row(y, x, (y * constants.inWidth + x) * constants.inChannels + channel);
}
fn columnOf(column: u32) -> Column { return column; }
fn depthOf(k: u32) -> Depth {
  let line = quotient(k, constants.outWidth);
  let image = quotient(line, constants.outHeight);
  let y = (line - image * constants.outHeight) * constants.strideHeight - constants.top;
  let x = (k - line * constants.outWidth) * constants.strideWidth - constants.left;
  let pixel = (image * constants.inHeight + y) * constants.inWidth + x;
  return Depth(y, x, pixel * constants.inChannels, k * constants.outChannels);
}
fn readA(row: Row, k: Depth) -> Value {
  let isInside = (row.y + k.y < constants.inHeight) & (row.x + k.x < constants.inWidth);
  return select(Value(), x[select(0u, (row.offset + k.offset) / ${lanes}u, isInside)], isInside);
}
fn readB(k: Depth, column: Column) -> Value { return dy[(k.dy + column) / ${lanes}u]; }
${writeParts(lanes)}`,
});

/**
 * The gradient of a convolution in its filter.
 *
 * @param x `[batch, height, width, channels]`.
 * @param dy `[batch, out height, out width, filters]`.
 * @returns `[height, width, channels, filters]`; the caller owns it.
 */
export function filterGradient(
  call: Call,
  x: TensorInfo,
  dy: TensorInfo,
  windows: Windows,
): TensorInfo {
  const { filterHeight, filterWidth, inChannels, outChannels } = windows;
  const shape = [filterHeight, filterWidth, inChannels, outChannels];
  const size = {
    rows: filterHeight * filterWidth * inChannels,
    columns: outChannels,
    depth: windows.batch * windows.outHeight * windows.outWidth,
    lanes: commonLanes(inChannels, outChannels),
  };
  return summedProduct(call, product, size, shape, {
    inputs: { x, dy },
    constants: windows,
  });
}

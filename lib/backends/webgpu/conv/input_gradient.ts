import type { TensorInfo } from "@tensorflow/tfjs";
import { planProduct } from "../gemm/plan_product.ts";
import { defineProduct, launchProduct } from "../gemm/product.ts";
import { commonLanes } from "../runtime/lanes.ts";
import type { WebGpuBackend } from "../runtime/tfjs_backend.ts";
import { windowConstants, type Windows } from "./windows.ts";

/**
 * The images' pixels are the rows, the taps with their filters the depth.
 *
 * An input pixel y takes part in window (y + padding − tap) / stride, where that is
 * whole. So the pixels with one remainder modulo the stride, a phase, form an ordinary
 * convolution of the output's gradient with the taps that fit: a stride of 2 means four
 * of them, and no multiplication by an inserted zero.
 */
const product = defineProduct({
  name: "input gradient",
  inputs: ["dy", "weights"],
  outputs: ["dx"],
  constants: {
    ...windowConstants,
    batch: "u32",
    // Of a phase: the first pixel, those of an image, the first tap and the number of
    // taps on a line, and the window in which the first pixel is at the first tap.
    firstY: "u32",
    firstX: "u32",
    gridHeight: "u32",
    gridWidth: "u32",
    tapY: "u32",
    tapX: "u32",
    tapsX: "u32",
    windowY: "u32",
    windowX: "u32",
    adds: "u32",
  },
  along: { a: "depth", b: "depth" },
  phased: true,
  functions: (lanes) => `
// A pixel's window at the first tap, or how far a tap's window is before that.
struct Row { y: u32, x: u32, offset: u32 }
struct Depth { y: u32, x: u32, offset: u32, weights: u32 }
alias Column = u32;

fn phaseOf(phase: u32) -> Constants {
  var own = constants;
  own.firstY = phase / own.strideWidth;
  own.firstX = phase % own.strideWidth;
  own.gridHeight = stepsOf(own.inHeight, own.firstY, own.strideHeight);
  own.gridWidth = stepsOf(own.inWidth, own.firstX, own.strideWidth);
  own.tapY = (own.firstY + own.top) % own.strideHeight;
  own.tapX = (own.firstX + own.left) % own.strideWidth;
  own.tapsX = stepsOf(own.filterWidth, own.tapX, own.strideWidth);
  own.windowY = (own.firstY + own.top - own.tapY) / own.strideHeight;
  own.windowX = (own.firstX + own.left - own.tapX) / own.strideWidth;
  own.rows = own.batch * own.gridHeight * own.gridWidth;
  own.depth = stepsOf(own.filterHeight, own.tapY, own.strideHeight) * own.tapsX * own.outChannels;
  return own;
}
fn stepsOf(length: u32, first: u32, step: u32) -> u32 {
  return (max(length, first) - first + step - 1u) / step;
}
fn rowOf(row: u32) -> Row {
  let line = quotient(row, constants.gridWidth);
  let image = quotient(line, constants.gridHeight);
  let y = line - image * constants.gridHeight + constants.windowY;
  let x = row - line * constants.gridWidth + constants.windowX;
  let window = (image * constants.outHeight + y) * constants.outWidth + x;
  return Row(y, x, window * constants.outChannels);
}
fn columnOf(column: u32) -> Column { return column * constants.outChannels; }
fn depthOf(k: u32) -> Depth {
  let tap = quotient(k, constants.outChannels);
  let channel = k - tap * constants.outChannels;
  let y = quotient(tap, constants.tapsX);
  let x = tap - y * constants.tapsX;
  let line = constants.tapY + y * constants.strideHeight;
  let place = line * constants.filterWidth + constants.tapX + x * constants.strideWidth;
  return Depth(
    y,
    x,
    channel - (y * constants.outWidth + x) * constants.outChannels,
    place * constants.inChannels * constants.outChannels + channel,
  );
}
fn readA(row: Row, k: Depth) -> Value {
  // Before the first window, whole numbers without a sign are beyond the last.
  let isInside = (row.y - k.y < constants.outHeight) & (row.x - k.x < constants.outWidth);
  return select(Value(), dy[select(0u, (row.offset + k.offset) / ${lanes}u, isInside)], isInside);
}
fn readB(k: Depth, column: Column) -> Value { return weights[(k.weights + column) / ${lanes}u]; }
fn targetOf(row: u32, part: u32) -> u32 {
  let line = quotient(row, constants.gridWidth);
  let image = quotient(line, constants.gridHeight);
  let y = constants.firstY + (line - image * constants.gridHeight) * constants.strideHeight;
  let x = constants.firstX + (row - line * constants.gridWidth) * constants.strideWidth;
  return ((image * constants.inHeight + y) * constants.inWidth + x) * constants.inChannels;
}
fn write(at: u32, value: Value) {
  let i = at / ${lanes}u;
  dx[i] = select(value, dx[i] + value, constants.adds == 1u);
}`,
});

/** The shader finds out what differs between phases. */
const noPhase = {
  firstY: 0,
  firstX: 0,
  gridHeight: 0,
  gridWidth: 0,
  tapY: 0,
  tapX: 0,
  tapsX: 0,
  windowY: 0,
  windowX: 0,
};

/**
 * The gradient of a convolution in its input, which is written over `dx` or added to
 * it.
 *
 * @param dy `[batch, out height, out width, filters]`.
 * @param filter `[height, width, channels, filters]`.
 * @param dx `[batch, height, width, channels]`.
 */
export function inputGradient(
  backend: WebGpuBackend,
  { dy, filter, dx }: Record<"dy" | "filter" | "dx", TensorInfo>,
  windows: Windows,
  adds: boolean,
): void {
  if (dx.shape.includes(0)) return;
  const { batch, strideHeight, strideWidth, inChannels, outChannels } = windows;
  const size = {
    rows: batch * Math.ceil(windows.inHeight / strideHeight) *
      Math.ceil(windows.inWidth / strideWidth),
    columns: inChannels,
    depth: Math.ceil(windows.filterHeight / strideHeight) *
      Math.ceil(windows.filterWidth / strideWidth) * outChannels,
    lanes: commonLanes(inChannels, outChannels),
    phases: strideHeight * strideWidth,
  };
  launchProduct(
    backend,
    product,
    size,
    planProduct(backend, size, 1),
    {
      inputs: { dy, weights: filter },
      outputs: { dx },
      constants: { ...windows, ...noPhase, adds: Number(adds) },
    },
  );
}

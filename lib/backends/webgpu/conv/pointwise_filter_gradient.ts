import type { TensorInfo } from "@tensorflow/tfjs";
import { defineProduct } from "../gemm/product.ts";
import { summedProduct, writeParts } from "../gemm/summed_product.ts";
import { type Call, sizeOf } from "../runtime/kernel.ts";
import { commonLanes } from "../runtime/lanes.ts";

/** All pixels are the depth, the channels the rows, the filters the columns. */
const product = defineProduct({
  name: "pointwise filter gradient",
  inputs: ["x", "dy"],
  outputs: ["parts"],
  constants: {},
  along: { a: "rows", b: "columns" },
  functions: (lanes) => `
alias Row = u32;
alias Column = u32;
struct Depth { x: u32, dy: u32 }

fn rowOf(row: u32) -> Row { return row; }
fn columnOf(column: u32) -> Column { return column; }
fn depthOf(k: u32) -> Depth { return Depth(k * constants.rows, k * constants.columns); }
fn readA(row: Row, k: Depth) -> Value { return x[(k.x + row) / ${lanes}u]; }
fn readB(k: Depth, column: Column) -> Value { return dy[(k.dy + column) / ${lanes}u]; }
${writeParts(lanes)}`,
});

/**
 * The gradient of a 1×1 convolution in its filter.
 *
 * @param x `[batch, height, width, channels]`.
 * @param dy `[batch, height, width, filters]`.
 * @returns `[1, 1, channels, filters]`; the caller owns it.
 */
export function pointwiseFilterGradient(
  call: Call,
  x: TensorInfo,
  dy: TensorInfo,
): TensorInfo {
  const [rows, columns] = [x.shape[3]!, dy.shape[3]!];
  const shape = [1, 1, rows, columns];
  const size = {
    rows,
    columns,
    depth: sizeOf(x.shape.slice(0, 3)),
    lanes: commonLanes(rows, columns),
  };
  return summedProduct(call, product, size, shape, {
    inputs: { x, dy },
    constants: {},
  });
}

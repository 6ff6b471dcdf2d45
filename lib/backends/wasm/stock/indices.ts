import { refuse } from "../../../numeric/refuse.ts";
import { valuesOf } from "../arrays/arrays.ts";
import {
  type Call,
  checkedKernel,
  type WasmKernel,
} from "../runtime/kernel.ts";

/** What those are told that make a tensor. */
interface ShapeAttributes {
  shape: number[];
  outputShape: number[];
}

/**
 * tfjs's kernels that are told where to read or write. Its own do not look whether
 * a place is within the tensor, and take or change other tensors' values.
 */
export const indexedKernels: WasmKernel[] = [
  checkedKernel(
    "GatherNd",
    (call) => checkPlaces(call, "gather slices", call.input("params").shape),
  ),
  checkedKernel("ScatterNd", (call) => {
    const { shape } = call.attributes as ShapeAttributes;
    checkPlaces(call, "scatter slices", shape);
  }),
  checkedKernel(
    "TensorScatterUpdate",
    (call) => checkPlaces(call, "update slices", call.input("tensor").shape),
  ),
  checkedKernel("SparseToDense", (call) => {
    const { outputShape } = call.attributes as ShapeAttributes;
    // Indices that are no matrix are places along the only axis.
    const axes = call.input("sparseIndices").shape[1] ?? 1;
    const sides = outputShape.slice(0, axes);
    checkWithin(call, "write values", "sparseIndices", sides);
  }),
  checkedKernel("CropAndResize", (call) => {
    const [images = 0] = call.input("image").shape;
    checkWithin(call, "crop images", "boxInd", [images]);
  }),
  ...["Bincount", "DenseBincount"].map((name) =>
    checkedKernel(
      name,
      (call) => checkWithin(call, "count values", "x", [2 ** 31]),
    )
  ),
];

/** Checks places in the first axes of a shape: a place is a row of indices. */
function checkPlaces(call: Call, action: string, shape: number[]): void {
  const axes = call.input("indices").shape.at(-1);
  checkWithin(call, action, "indices", shape.slice(0, axes));
}

/** Checks indices along some axes by turns. */
function checkWithin(
  { backend, input }: Call,
  action: string,
  indices: string,
  sides: number[],
): void {
  valuesOf(backend, input(indices)).forEach((index, i) => {
    const side = sides[i % sides.length]!;
    if (index >= 0 && index < side) return;
    refuse(action, `indices from 0 to ${side - 1}`, String(index));
  });
}

import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs";
import { refuse } from "../../../numeric/refuse.ts";
import type { WasmBackend } from "../runtime/host.ts";
import { override } from "../runtime/override.ts";
import { valuesOf } from "../arrays/arrays.ts";

/**
 * tfjs's kernels that are told where to read or write. Its own do not look whether
 * a place is within the tensor, and take or change other tensors' values.
 */
export const indexedKernels: KernelConfig[] = [
  checked(
    "GatherNd",
    ({ indices, params }, _attrs, backend) =>
      checkPlaces(backend, "gather slices", indices!, params!.shape),
  ),
  checked(
    "ScatterNd",
    ({ indices }, { shape }, backend) =>
      checkPlaces(backend, "scatter slices", indices!, shape),
  ),
  checked(
    "TensorScatterUpdate",
    ({ indices, tensor }, _attrs, backend) =>
      checkPlaces(backend, "update slices", indices!, tensor!.shape),
  ),
  checked("SparseToDense", ({ sparseIndices }, { outputShape }, backend) => {
    // Indices that are no matrix are places along the only axis.
    const axes = sparseIndices!.shape[1] ?? 1;
    const sides = outputShape.slice(0, axes);
    checkWithin(backend, "write values", sparseIndices!, sides);
  }),
  checked(
    "CropAndResize",
    ({ boxInd, image }, _attrs, backend) =>
      checkWithin(backend, "crop images", boxInd!, [image!.shape[0]!]),
  ),
  ...["Bincount", "DenseBincount"].map((name) =>
    checked(
      name,
      ({ x }, _attrs, backend) =>
        checkWithin(backend, "count values", x!, [2 ** 31]),
    )
  ),
];

/** A kernel of tfjs behind a look at its indices. */
function checked(
  kernelName: string,
  check: (
    inputs: Record<string, TensorInfo | undefined>,
    attrs: { shape: number[]; outputShape: number[] },
    backend: WasmBackend,
  ) => void,
): KernelConfig {
  return override(kernelName, (inputs, attrs, backend) => {
    check(inputs, attrs as Parameters<typeof check>[1], backend);
    return undefined;
  });
}

/** Checks places in the first axes of a shape: a place is a row of indices. */
function checkPlaces(
  backend: WasmBackend,
  action: string,
  indices: TensorInfo,
  shape: number[],
): void {
  checkWithin(backend, action, indices, shape.slice(0, indices.shape.at(-1)));
}

/** Checks indices along some axes by turns. */
function checkWithin(
  backend: WasmBackend,
  action: string,
  indices: TensorInfo,
  sides: number[],
): void {
  valuesOf(backend, indices).forEach((index, i) => {
    const side = sides[i % sides.length]!;
    if (index >= 0 && index < side) return;
    refuse(action, `indices from 0 to ${side - 1}`, String(index));
  });
}

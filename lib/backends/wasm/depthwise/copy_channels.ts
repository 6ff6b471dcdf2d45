import type { TensorInfo } from "@tensorflow/tfjs";
import { runKernel, tidy } from "../arrays/run_kernel.ts";
import { sizeOf } from "../runtime/check_inputs.ts";
import type { WasmBackend } from "../runtime/tfjs_backend.ts";
import type { Geometry } from "../windows/geometry.ts";

/**
 * Lends images in which there is each channel as often as there are filters for it,
 * one after the other.
 */
export function withCopies<Result>(
  backend: WasmBackend,
  x: TensorInfo,
  { inChannels, outChannels }: Geometry,
  use: (copies: TensorInfo) => Result,
): Result {
  const filters = outChannels / inChannels;
  if (filters === 1) return use(x);
  const values = { ...x, shape: [sizeOf(x.shape), 1] };
  const tiling = { reps: [1, filters] };
  const copies = runKernel(backend, "Tile", { x: values }, tiling);
  try {
    return use(copies);
  } finally {
    backend.disposeData(copies.dataId);
  }
}

/** The reverse: adds up the copies of each channel, and frees them. */
export function sumCopies(
  backend: WasmBackend,
  copies: TensorInfo,
  { inShape, inChannels, outChannels }: Geometry,
): TensorInfo {
  const filters = outChannels / inChannels;
  if (filters === 1) return copies;
  return tidy(backend, (run, track) => {
    const x = { ...track(copies), shape: [sizeOf(inShape), filters] };
    const sums = run("Sum", { x }, { axis: 1, keepDims: false });
    return run("Reshape", { x: sums }, { shape: inShape });
  });
}

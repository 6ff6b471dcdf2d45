import type { TensorInfo } from "@tensorflow/tfjs";
import type { WasmBackend } from "./host.ts";
import { override } from "./override.ts";

/**
 * tfjs's `Identity`, and `Cast` to the same type, without the copy that its WASM
 * backend makes of every value. tfjs clones whatever it saves for a gradient: the
 * copies were a third of a training step's memory.
 *
 * Tensors may share memory, as after tfjs's `Reshape`, since a kernel only changes
 * what it has made, or what it was told nobody else uses.
 */
export const sharingKernels = [
  override("Identity", ({ x }, _attrs, backend) => share(x!, backend)),
  override(
    "Cast",
    ({ x }, attrs, backend) =>
      x!.dtype === (attrs as { dtype: string }).dtype
        ? share(x!, backend)
        : undefined,
  ),
];

/** Another tensor with the memory of this one, which tfjs counts. */
export function share(
  { dataId, shape, dtype }: TensorInfo,
  backend: WasmBackend,
): TensorInfo {
  backend.incRef(dataId);
  return { dataId, shape, dtype };
}

import type { TensorInfo } from "@tensorflow/tfjs";
import { refuseKernel, sizeOf } from "../runtime/check_inputs.ts";
import { type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import type { WasmBackend } from "../runtime/tfjs_backend.ts";

/**
 * tfjs's `Identity` without the copy that its WASM backend makes of every value.
 * tfjs clones whatever it saves for a gradient: the copies were a third of a
 * training step's memory.
 *
 * Tensors may share memory, as after tfjs's `Reshape`, since a kernel only changes
 * what it has made, or what it was told nobody else uses.
 */
export const identityKernel: WasmKernel = wasmKernel(
  "Identity",
  ({ input, backend }) => share(input("x"), backend),
);

/**
 * Another tensor with the memory of this one, which tfjs counts.
 *
 * @throws {RangeError} If it claims other values than it has.
 */
export function share(
  { dataId, shape, dtype }: TensorInfo,
  backend: WasmBackend,
): TensorInfo {
  const held = backend.dataIdMap.get(dataId);
  if (sizeOf(held.shape) !== sizeOf(shape)) {
    refuseKernel("Identity", `[${held.shape}] values`, `[${shape}]`);
  }
  backend.incRef(dataId);
  return { dataId, shape, dtype };
}

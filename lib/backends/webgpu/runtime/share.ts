import type { TensorInfo } from "@tensorflow/tfjs";
import type { WebGpuBackend } from "./tfjs_backend.ts";

/** Another tensor with the memory of this one, which tfjs counts. */
export function share(
  backend: WebGpuBackend,
  { dataId, shape, dtype }: TensorInfo,
): TensorInfo {
  backend.incRef(dataId);
  return { dataId, shape, dtype };
}

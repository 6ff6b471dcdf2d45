import type { TensorInfo } from "@tensorflow/tfjs";
import { bufferOf } from "./launch.ts";
import type { WebGpuBackend } from "./tfjs_backend.ts";

/**
 * A tensor to be changed in place, with the values of one that is no longer needed:
 * in its memory, which that one loses, or in a copy where other tensors share it.
 *
 * Another one, as a read of the former that is under way leaves it the former values.
 *
 * @param isRead Whether the former one is needed yet, and only its copy is changed.
 */
export function takeOver(
  backend: WebGpuBackend,
  { dataId, shape, dtype }: TensorInfo,
  isRead = false,
): TensorInfo {
  const buffer = bufferOf(backend, { dataId, shape, dtype });
  const former = backend.tensorMap.get(dataId);
  const next = backend.makeTensorInfo(shape, dtype);
  if (isRead || former.refCount > 1 || former.external) {
    const copy = bufferOf(backend, next);
    backend.ensureCommandEncoderReady();
    backend.endComputePassEncoder();
    backend.commandEncoder!.copyBufferToBuffer(buffer, 0, copy, 0, buffer.size);
    backend.commandQueueOwnedIds.add(dataId).add(next.dataId);
  } else {
    backend.tensorMap.get(next.dataId).resource = buffer;
    former.resource = null;
    former.values = null;
  }
  return next;
}

import * as tf from "@tensorflow/tfjs";
import { callKernel } from "../../backends/engine/kernels.ts";

/**
 * The memory of one pass through a network. What it holds is not known to tfjs's
 * engine. It is freed as soon as nothing needs it any more, and all of it if the
 * pass ends with an error.
 */
export interface Workspace {
  /** Calls a kernel; its outputs belong to this workspace. */
  call(
    kernel: string,
    inputs: Record<string, tf.TensorInfo> | readonly tf.TensorInfo[],
    attributes?: object,
  ): tf.TensorInfo[];
  /** Frees a tensor of this workspace; any other stays. */
  free(tensor: tf.TensorInfo): void;
  /** Gives a tensor to tfjs's engine. */
  release(tensor: tf.TensorInfo): tf.Tensor;
  /** Frees all that is left. */
  clear(): void;
}

/** Makes the workspace of a pass on the present backend. */
export function createWorkspace(): Workspace {
  const backend = tf.backend();
  // Tensors that share memory count as several.
  const held = new Map<object, number>();
  const count = (id: object, by: number) => {
    const left = (held.get(id) ?? 0) + by;
    if (left > 0) held.set(id, left);
    else held.delete(id);
  };
  return {
    call(kernel, inputs, attributes) {
      const outputs = callKernel(kernel, inputs, attributes);
      for (const { dataId } of outputs) count(dataId, 1);
      return outputs;
    },
    free({ dataId }) {
      if (!held.has(dataId)) return;
      count(dataId, -1);
      backend.disposeData(dataId);
    },
    release(tensor) {
      count(tensor.dataId, -1);
      return tf.engine().makeTensorFromTensorInfo(tensor);
    },
    clear() {
      for (const [dataId, times] of held) {
        for (let i = 0; i < times; i++) backend.disposeData(dataId);
      }
      held.clear();
    },
  };
}

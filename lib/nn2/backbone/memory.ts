import * as tf from "@tensorflow/tfjs";
import { callKernel } from "../../backends/engine/kernels.ts";

/** A tensor that tfjs's engine does not know: only its memory is there. */
export type Value = tf.TensorInfo;

/**
 * The memory of one pass through a network. Values are freed as soon as nothing
 * needs them any more, and all of them if the pass ends with an error.
 */
export interface Memory {
  /** Calls a kernel; its outputs belong to this memory. */
  call(
    kernel: string,
    inputs: Record<string, Value> | readonly Value[],
    attributes?: object,
  ): Value[];
  /** Frees a value of this memory; any other stays. */
  free(value: Value): void;
  /** Makes a tensor of a value, which then is tfjs's. */
  release(value: Value): tf.Tensor;
  /** Frees all that is left. */
  clear(): void;
}

/** Makes the memory of a pass on the present backend. */
export function createMemory(): Memory {
  const backend = tf.backend();
  // A value that shares its memory with another one has its own entry.
  const held = new Map<object, number>();
  const count = (id: object, by: number) => {
    const left = (held.get(id) ?? 0) + by;
    if (left > 0) held.set(id, left);
    else held.delete(id);
  };
  return {
    call(kernel, inputs, attributes) {
      const values = callKernel(kernel, inputs, attributes);
      for (const { dataId } of values) count(dataId, 1);
      return values;
    },
    free({ dataId }) {
      if (!held.has(dataId)) return;
      count(dataId, -1);
      backend.disposeData(dataId);
    },
    release(value) {
      count(value.dataId, -1);
      return tf.engine().makeTensorFromTensorInfo(value);
    },
    clear() {
      for (const [dataId, times] of held) {
        for (let i = 0; i < times; i++) backend.disposeData(dataId);
      }
      held.clear();
    },
  };
}

import type * as tf from "@tensorflow/tfjs";
import { refuse } from "./refuse.ts";

/** The numbers of a tensor, as tfjs gives them for its type. */
export type TensorValues = Float32Array | Int32Array | Uint8Array;

/**
 * Reads a tensor's numbers at once: the one place where this library does not wait
 * for a backend. A tensor that a GPU computed has no numbers to read until they
 * were fetched; tfjs keeps them from then on.
 *
 * @param action What is being done, the opening of an error's message.
 * @returns What may be the backend's own array: it is only to be read.
 * @throws {RangeError} If the backend has to be waited for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const x = tf.square(tf.tensor1d([1, 2]));
 * await x.data(); // on a GPU `readValues` needs this
 * assert.deepEqual([...readValues("add", x)], [1, 4]);
 * ```
 */
export function readValues(action: string, tensor: tf.Tensor): TensorValues {
  try {
    return tensor.dataSync();
  } catch (error) {
    // Other backends say something better.
    if (tensor.isDisposed || !(error instanceof TypeError)) throw error;
    refuse(
      action,
      "a tensor whose values are here",
      `one of [${tensor.shape}] whose values are on the GPU: \`await tensor.data()\` first`,
    );
  }
}

/**
 * Copies a tensor's numbers as they are now, on whichever backend. Nothing else
 * holds the copy: `tensor.data()` alone would leave one with the tensor, for its
 * life, which an optimizer that works in place would have to know of.
 *
 * @param tensor Stays the caller's, who may change or dispose it at once.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const x = tf.variable(tf.tensor1d([1, 2]));
 * const copy = copyValues(x);
 * x.assign(tf.tensor1d([3, 4]));
 * assert.deepEqual([...await copy], [1, 2]);
 * ```
 */
export async function copyValues(tensor: tf.Tensor): Promise<Float32Array> {
  const onGpu = copyOnGpu(tensor);
  if (!onGpu) return new Float32Array(await tensor.data());
  try {
    return await onGpu.data<"float32">();
  } finally {
    onGpu.dispose();
  }
}

/** A copy that the GPU makes, in order with all else it does, if it has the values. */
function copyOnGpu(tensor: tf.Tensor): tf.Tensor | undefined {
  try {
    return tensor.dataToGPU().tensorRef;
  } catch {
    return undefined;
  }
}

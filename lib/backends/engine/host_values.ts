import * as tf from "@tensorflow/tfjs";

/** What tfjs's webgpu backend knows of a tensor. */
interface HeldByGpu {
  values?: Float32Array | null;
}

/**
 * The numbers of a tensor where the backend is a GPU and has not taken them yet, or
 * has given them back: they are to be looked at, not to be changed.
 *
 * @returns Nothing where the backend has to be asked.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * assert.equal(hostValues(tf.scalar(1)), undefined);
 * ```
 */
export function hostValues(tensor: tf.Tensor): Float32Array | undefined {
  if (tensor.dtype !== "float32") return undefined;
  return heldByGpu(tensor)?.values ?? undefined;
}

/**
 * Whether only a GPU has the numbers of a tensor, so that they have to be awaited.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * assert.equal(isOnGpu(tf.scalar(1)), false);
 * ```
 */
export function isOnGpu(tensor: tf.Tensor): boolean {
  const held = heldByGpu(tensor);
  return held !== undefined && !held.values;
}

function heldByGpu({ dataId }: tf.Tensor): HeldByGpu | undefined {
  const { backend } = tf.engine().state.tensorInfo.get(dataId) ?? {};
  if (!backend || backend !== tf.findBackend("webgpu")) return undefined;
  const { tensorMap } = backend as tf.KernelBackend & {
    tensorMap: { get(dataId: object): HeldByGpu };
  };
  return tensorMap.get(dataId);
}

import * as tf from "@tensorflow/tfjs";

/** So much a GPU makes again in the time that it takes to tell it to. */
const mostBytes = 2 ** 24;

/**
 * Whether an activation stays in memory for the way back although it can be made
 * again: a small one on a GPU.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * assert.equal(isKept(tf.ones([1, 2, 2, 3])), false);
 * ```
 */
export function isKept({ shape }: tf.TensorInfo): boolean {
  const bytes = 4 * tf.util.sizeFromShape(shape);
  return tf.getBackend() === "webgpu" && bytes <= mostBytes;
}

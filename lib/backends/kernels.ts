import * as tf from "@tensorflow/tfjs";

/**
 * Whether the current backend has a kernel of this name. The operations that
 * tfjs lacks ask for it, and are put together from tfjs's own elsewhere.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * assert.ok(hasKernel("Conv2D"));
 * assert.ok(!hasKernel("L2Pool"));
 * ```
 */
export function hasKernel(name: string): boolean {
  return tf.getKernel(name, tf.getBackend()) !== undefined;
}

/**
 * Runs a kernel of the current backend by name. As a kernel has no gradient by
 * itself, this belongs inside `tf.customGrad`.
 *
 * @returns The kernel's outputs; the caller disposes them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const [y] = runKernel("Square", { x: tf.scalar(3) });
 * assert.equal(y!.dataSync()[0], 9);
 * ```
 */
export function runKernel(
  name: string,
  inputs: Record<string, tf.Tensor>,
  attributes: Record<string, unknown> = {},
): tf.Tensor[] {
  const outputs = tf.engine().runKernel(
    name,
    inputs,
    attributes as tf.NamedAttrMap,
  ) as tf.Tensor | tf.Tensor[];
  return [outputs].flat();
}

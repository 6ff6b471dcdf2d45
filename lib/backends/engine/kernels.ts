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

/**
 * Calls a kernel of the current backend by name without tfjs's engine: nothing is
 * recorded or counted, and the memory of the outputs is the caller's, to be freed
 * by `tf.backend().disposeData`.
 *
 * @throws {Error} If the backend has no such kernel.
 */
export function callKernel(
  name: string,
  inputs: Record<string, tf.TensorInfo> | readonly tf.TensorInfo[],
  attributes: object = {},
): tf.TensorInfo[] {
  const backendName = tf.getBackend();
  const kernel = tf.getKernel(name, backendName);
  if (!kernel) {
    throw new Error(
      `Cannot call ${name}: expected the ${backendName} backend to have this kernel, got none`,
    );
  }
  const outputs = kernel.kernelFunc({
    inputs: inputs as tf.NamedTensorInfoMap,
    attrs: attributes as tf.NamedAttrMap,
    backend: tf.backend(),
  });
  return [outputs].flat();
}

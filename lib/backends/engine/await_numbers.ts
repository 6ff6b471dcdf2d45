import * as tf from "@tensorflow/tfjs";

/**
 * Computes and awaits the result as plain numbers, nested as its shape says. No
 * tensor is left behind. It is the way to look at something on every backend: numbers
 * that a GPU makes have to be awaited.
 *
 * @param compute Its result is disposed, and all else that it made.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const x = tf.tensor2d([[3, 4], [6, 8]]);
 * assert.deepEqual(await awaitNumbers(() => tf.norm(x, 2, 1)), [5, 10]);
 * assert.equal(await awaitNumbers(() => x.sum()), 21);
 * ```
 */
export async function awaitNumbers<R extends tf.Rank = tf.Rank>(
  compute: () => tf.Tensor<R>,
): Promise<ReturnType<tf.Tensor<R>["arraySync"]>> {
  const result = tf.tidy(compute);
  try {
    return await result.array();
  } finally {
    result.dispose();
  }
}

import * as tf from "@tensorflow/tfjs";
import { assert } from "../../assert.ts";

/** A loss and its gradient in the embeddings, read back. */
export function valueAndGradient(
  loss: (embeddings: tf.Tensor2D) => tf.Scalar,
  embeddings: tf.Tensor2D,
): { value: number; gradient: number[][] } {
  const { value, grad } = tf.valueAndGrad((x) => loss(x as tf.Tensor2D))(
    embeddings,
  );
  return {
    value: (value as tf.Scalar).arraySync(),
    gradient: (grad as tf.Tensor2D).arraySync(),
  };
}

/** Checks a gradient to 1e-5 of what is expected, at least of 1. */
export function assertGradient(actual: number[], expected: number[]): void {
  assert(actual.length === expected.length, "expected gradients of one size");
  const largest = Math.max(...expected.map(Math.abs), 1);
  actual.forEach((value, i) => {
    const error = Math.abs(value - expected[i]!);
    assert(error <= 1e-5 * largest, `expected ${expected[i]}, got ${value}`);
  });
}

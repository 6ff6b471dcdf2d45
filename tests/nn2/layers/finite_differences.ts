import * as tf from "@tensorflow/tfjs";
import { assert } from "../../assert.ts";

const STEP = 2e-3;

/**
 * Asserts that the gradient of a function equals its central differences,
 * relative to the largest of them.
 */
export function assertGradient(
  f: (x: tf.Tensor) => tf.Tensor,
  at: tf.Tensor,
  tolerance = 1e-2,
): void {
  tf.tidy(() => {
    // Weighted, so that no gradient is 0 by symmetry.
    const weigh = (y: tf.Tensor) => tf.sum(tf.mul(y, wave(y.shape, 5)));
    const gradient = tf.grad((x) => weigh(f(x)))(at).dataSync();
    const values = at.dataSync();
    const value = (i: number, step: number) =>
      tf.tidy(() => {
        const moved = Float32Array.from(values);
        moved[i] = moved[i]! + step;
        return weigh(f(tf.tensor(moved, at.shape))).dataSync()[0]!;
      });
    const numeric = Array.from(
      values,
      (_, i) => (value(i, STEP) - value(i, -STEP)) / (2 * STEP),
    );
    const scale = Math.max(...numeric.map(Math.abs));
    assert(scale > 0, "expected a gradient that is not 0 everywhere");
    numeric.forEach((expected, i) =>
      assert(
        Math.abs(gradient[i]! - expected) <= tolerance * scale,
        `expected ${expected} for entry ${i}, got ${gradient[i]}`,
      )
    );
  });
}

/** Numbers in [-1, 1] without a pattern. */
export function wave(shape: number[], phase = 0): tf.Tensor {
  const values = Array.from(
    { length: tf.util.sizeFromShape(shape) },
    (_, i) => Math.sin(1 + phase + i * i * 0.7),
  );
  return tf.tensor(values, shape, "float32");
}

/** Asserts that two tensors have one shape and the same values. */
export function assertClose(
  actual: tf.Tensor,
  expected: tf.Tensor,
  tolerance = 1e-5,
): void {
  assert(
    tf.util.arraysEqual(actual.shape, expected.shape),
    `expected shape [${expected.shape}], got [${actual.shape}]`,
  );
  const wanted = expected.dataSync();
  const scale = Math.max(...wanted.map(Math.abs), 1e-30);
  actual.dataSync().forEach((value, i) =>
    assert(
      Math.abs(value - wanted[i]!) <= tolerance * scale,
      `expected ${wanted[i]} for entry ${i}, got ${value}`,
    )
  );
}

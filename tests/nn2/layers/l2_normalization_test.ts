import * as tf from "@tensorflow/tfjs";
import { L2Normalization } from "../../../lib/nn2/layers/l2_normalization.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";
import { assertGradient, wave } from "./finite_differences.ts";

await tf.setBackend("cpu");
const layer = new L2Normalization({});
const normalize = (x: tf.Tensor) => layer.apply(x) as tf.Tensor2D;

Deno.test("L2Normalization makes rows of length 1, also of tiny and huge ones", () => {
  tf.tidy(() => {
    const x = tf.mul(wave([4, 5]), tf.tensor2d([[1e-5], [1], [1e3], [1e12]]));
    for (const row of normalize(x).arraySync()) {
      assertAlmostEquals(Math.hypot(...row), 1, 1e-6);
    }
  });
});

Deno.test("L2Normalization has the gradient of its differences", () => {
  tf.tidy(() => assertGradient(normalize, wave([3, 4])));
});

Deno.test("L2Normalization leaves 0 and its gradient finite", () => {
  tf.tidy(() => {
    const x = tf.zeros([2, 3]);
    assertEquals([...normalize(x).dataSync()], [0, 0, 0, 0, 0, 0]);
    const gradient = tf.grad(normalize)(x).dataSync();
    assert(gradient.every(Number.isFinite), `got ${gradient}`);
  });
});

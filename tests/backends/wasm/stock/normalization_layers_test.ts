import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { normals, tensorOf } from "../../against_cpu.ts";

/** The first one that this process makes. */
const first = tf.layers.batchNormalization().name;

const cases: [number[], number | number[]][] = [
  [[3, 4], -1],
  [[2, 3, 4], [1, 2]],
  [[2, 3, 2, 2], 1],
  [[2, 3, 2, 2], -1],
  [[2, 2, 2, 3, 2], [1, 4]],
  [[2, 2, 2, 3, 2], -2],
];
const parts = [[true, true], [false, true], [true, false], [false, false]];

/** The layer's definition, by operations that broadcast. */
function defined(x: tf.Tensor, axis: number | number[]): tf.Tensor {
  const axes = [axis].flat().map((at) => at < 0 ? at + x.rank : at);
  const { mean, variance } = tf.moments(x, axes, true);
  return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-3)));
}

const distance = (a: tf.Tensor, b: tf.Tensor) =>
  tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!;

for (const [shape, axis] of cases) {
  Deno.test(`layerNormalization() of [${shape}] along ${axis} has its values and gradients, with and without scale and center`, async () => {
    for (const name of ["wasm", "cpu"] as const) {
      await useBackend(name);
      for (const [scale, center] of parts as [boolean, boolean][]) {
        const layer = tf.layers.layerNormalization({ axis, scale, center });
        const x = tensorOf(normals(shape, 1));
        const upstream = tensorOf(normals(shape, 2));
        const apply = (x: tf.Tensor) => layer.apply(x) as tf.Tensor;
        assert(distance(apply(x), defined(x, axis)) < 1e-4);
        const slope = (of: (x: tf.Tensor) => tf.Tensor) =>
          tf.grad((x) => tf.sum(tf.mul(of(x), upstream)))(x);
        const expected = slope((x) => defined(x, axis));
        assert(distance(slope(apply), expected) < 1e-3);
        assertEquals(layer.weights.length, Number(scale) + Number(center));
      }
    }
  });
}

Deno.test("importing this library makes no layer that would count in the names of others", () => {
  assertEquals(first, "batch_normalization_BatchNormalization1");
});

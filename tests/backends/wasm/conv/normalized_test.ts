import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { normalizedConv2d } from "../../../../lib/nn2/layers/normalized_conv2d.ts";
import { runKernel } from "../../../../lib/backends/engine/kernels.ts";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { createRandom } from "../../../../lib/numeric/random.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../../assert.ts";
import { assertEqualsCpu, normals, tensorOf } from "../../against_cpu.ts";
import {
  createWeights,
  gradient,
  nameOf,
  normalizedAndGradients,
  normalizedConvolutions,
  options,
} from "../../cases/normalized.ts";

for (const convolution of normalizedConvolutions) {
  const name = nameOf(convolution);
  Deno.test(`normalizedConv2d() and its gradients equal the composed ones: ${name}`, () =>
    assertEqualsCpu(normalizedAndGradients(convolution), 2e-4));
}

for (const channels of [1, 3, 4, 17, 64]) {
  Deno.test(`the gradient's kernel equals the operations: ${channels} channels`, async () => {
    for (const rows of [1, 2, 3, 4, 5, 7, 1023, 1024, 1025, 2050]) {
      const shape = [rows, 1, 1, channels];
      await assertEqualsCpu(() => {
        const [dy, z] = [normals(shape, 1), normals(shape, 2)].map(tensorOf);
        const constants = tensorOf(normals([4, channels], 3));
        return gradient(dy!, z!, constants);
      }, 2e-5);
    }
  });
}

Deno.test("the gradient's kernel writes over dy only where it may", async () => {
  await useBackend("wasm");
  for (const inPlace of [false, true]) {
    const before = tf.memory();
    const shape = [3, 5, 7, 6];
    const [dy, z] = [normals(shape, 1), normals(shape, 2)].map(tensorOf);
    const constants = tensorOf(normals([4, 6], 3));
    const given = [dy!, z!, constants];
    const values = given.map((tensor) => tensor.dataSync());
    const results = runKernel(
      "NormalizationGrad",
      { dy: dy!, z: z!, constants },
      { inPlace },
    );
    const buffers = tf.memory().numDataBuffers - before.numDataBuffers;
    assertEquals(buffers, inPlace ? 5 : 6);
    assertEquals(results[0]!.dataId === dy!.dataId, inPlace);
    given.slice(inPlace ? 1 : 0).forEach((tensor, i) =>
      assertEquals(tensor.dataSync(), values[inPlace ? i + 1 : i])
    );
    // The memory lives as long as one of the two.
    dy!.dispose();
    const kept = results[0]!.dataSync();
    const other = tf.fill(shape, 7);
    assertEquals(results[0]!.dataSync(), kept);
    tf.dispose([z!, constants, other, results]);
    assertEquals(tf.memory(), before);
  }
});

Deno.test("normalizedConv2d() has an empty result for an empty batch", async () => {
  await useBackend("wasm");
  tf.tidy(() => {
    const weights = createWeights(3, 2, 4);
    const x = tf.zeros<tf.Rank.R4>([0, 5, 5, 2]);
    const y = normalizedConv2d(x, weights, options, true);
    assertEquals(y.shape, [0, 5, 5, 4]);
    assert(weights.movingMean.dataSync().every(Number.isFinite));
    assertEquals(normalizedConv2d(x, weights, options, false).shape, y.shape);
    tf.dispose([weights.movingMean, weights.movingVariance]);
  });
});

Deno.test("normalizedConv2d() passes gradients exactly where its result is positive", async () => {
  await useBackend("wasm");
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: -3, max: 3 }),
      (seed, size) =>
        tf.tidy(() => {
          const x = tf.mul(tensorOf(normals([5, 6, 7, 2], seed)), 10 ** size);
          const weights = createWeights(1, 2, 9);
          const train = (beta: tf.Tensor) =>
            normalizedConv2d(
              x as tf.Tensor4D,
              { ...weights, beta: beta as tf.Tensor1D },
              options,
              true,
            );
          const y = train(weights.beta);
          const positive = tf.sum(tf.step(y), [0, 1, 2]);
          assertEquals(
            tf.grad(train)(weights.beta).dataSync(),
            positive.dataSync(),
          );
          tf.dispose([weights.movingMean, weights.movingVariance]);
        }),
    ),
    { numRuns: 20 },
  );
});

Deno.test("sums per channel stay exact over many rows", async () => {
  await useBackend("wasm");
  const random = createRandom(1);
  const [rows, columns] = [100_003, 5];
  const values = Float32Array.from(
    { length: rows * columns },
    (_, i) => 1000 * (i % columns) + random.normal(),
  );
  const expected = new Float64Array(columns);
  values.forEach((value, i) => expected[i % columns]! += value);
  tf.tidy(() => {
    const sums = tf.sum(tf.tensor2d(values, [rows, columns]), 0).dataSync();
    sums.forEach((sum, i) =>
      assertAlmostEquals(
        sum,
        expected[i]!,
        1e-6 * Math.abs(expected[i]!) + 0.01,
      )
    );
  });
});

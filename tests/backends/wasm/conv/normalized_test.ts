import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { normalizedConv2d } from "../../../../lib/nn2/layers/normalized_conv2d.ts";
import {
  hasKernel,
  runKernel,
} from "../../../../lib/backends/engine/kernels.ts";
import {
  convolveByKernel,
  gradientByKernel,
} from "../../../../lib/nn2/layers/normalized_conv2d_kernels.ts";
import {
  convolveByOperations,
  gradientByOperations,
} from "../../../../lib/nn2/layers/normalized_conv2d_operations.ts";
import type {
  NormalizedConv2dOptions,
  NormalizedWeights,
} from "../../../../lib/nn2/layers/normalized_conv2d_options.ts";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { createRandom } from "../../../../lib/numeric/random.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../../assert.ts";
import { assertEqualsCpu, normals, tensorOf } from "../runtime/against_cpu.ts";

const options = {
  strides: 1,
  epsilon: 1e-3,
  momentum: 0.9,
  inputGradient: true,
};

/** The passes by our kernels on wasm, and by the reference's operations on cpu. */
const convolve = (
  x: tf.Tensor4D,
  weights: NormalizedWeights,
  options: NormalizedConv2dOptions,
) =>
  hasKernel("NormalizedConv2DTraining")
    ? convolveByKernel<tf.Tensor>(runKernel, x, weights, options)
    : convolveByOperations(x, weights, options);
const gradient = (dy: tf.Tensor, z: tf.Tensor, constants: tf.Tensor) =>
  hasKernel("NormalizationGrad")
    ? gradientByKernel(runKernel, { dy, z, constants }, false)
    : gradientByOperations(dy, z, constants);

/** Tensors of the current backend; the caller disposes them. */
function createWeights(
  size: number,
  channels: number,
  filters: number,
): NormalizedWeights {
  const [kernel, bias, gamma, beta, mean, deviation] = [
    [size, size, channels, filters],
    ...Array.from({ length: 5 }, () => [filters]),
  ].map((shape, i) => tensorOf(normals(shape, 2 + i)));
  return {
    kernel: kernel as tf.Tensor4D,
    bias: bias as tf.Tensor1D,
    gamma: gamma as tf.Tensor1D,
    beta: beta as tf.Tensor1D,
    movingMean: tf.variable(mean!),
    movingVariance: tf.variable(tf.square(deviation!)),
  };
}

/** x `[batch, height, width, channels]`, window, filters, stride. */
const cases = [
  // One row of pixels to five, and each kind of channels.
  [[1, 1, 1, 1], 1, 1, 1],
  [[2, 1, 1, 3], 3, 4, 1],
  [[1, 1, 3, 4], 5, 17, 1],
  [[1, 2, 2, 17], 7, 3, 1],
  [[5, 1, 1, 64], 1, 64, 1],
  // Runs of 1,024 rows and the rest.
  [[41, 5, 5, 3], 3, 17, 1],
  [[2, 45, 23, 1], 7, 4, 1],
  [[30, 11, 11, 2], 3, 130, 1],
  // A stride.
  [[3, 9, 7, 4], 1, 3, 2],
  [[2, 8, 9, 3], 3, 4, 2],
  [[2, 9, 5, 3], 5, 33, 2],
  [[3, 15, 14, 1], 7, 64, 2],
  // Winograd's tiles.
  [[8, 14, 14, 16], 3, 17, 1],
  [[33, 3, 4, 64], 3, 64, 1],
] as const;

for (const [shape, size, filters, strides] of cases) {
  Deno.test(`normalizedConv2d() and its gradients equal the composed ones: ${shape}, ${size}×${size} ×${filters}, stride ${strides}`, async () => {
    const [x, stride] = [normals([...shape], 1), { ...options, strides }];
    await assertEqualsCpu(() => {
      const weights = createWeights(size, shape[3], filters);
      const { kernel, bias, gamma, beta, movingMean, movingVariance } = weights;
      const inputs = [tensorOf(x), kernel, bias, gamma, beta];
      const images = inputs[0] as tf.Tensor4D;
      const inferred = normalizedConv2d(images, weights, stride, false);
      const [y, z, constants, ...moved] = convolve(images, weights, stride);
      const train = (...inputs: tf.Tensor[]) => {
        const [x, kernel, bias, gamma, beta] = inputs as [
          tf.Tensor4D,
          tf.Tensor4D,
          tf.Tensor1D,
          tf.Tensor1D,
          tf.Tensor1D,
        ];
        return normalizedConv2d(
          x,
          { ...weights, kernel, bias, gamma, beta },
          stride,
          true,
        );
      };
      // Where the ReLU cuts off hangs on a value's last bit, so these have no
      // gradient.
      const clear = tf.greater(tf.abs(height(z, constants)), 1e-4);
      const dy = tf.mul(
        tensorOf(normals(y.shape, 9)),
        tf.cast(clear, "float32"),
      );
      const gradients = tf.grads(train)(inputs, dy);
      const [mean, inverse, scale, shift] = tf.unstack(constants);
      movingMean.dispose();
      movingVariance.dispose();
      return [
        ...[inferred, y, z, ...moved],
        ...[mean!, inverse!, scale!, shift!],
        ...gradients,
      ];
    }, 2e-4);
  });
}

/** What the ReLU sees. */
function height(z: tf.Tensor, constants: tf.Tensor): tf.Tensor {
  const [mean, , scale, beta] = tf.unstack(constants);
  return tf.add(tf.mul(tf.sub(z, mean!), scale!), beta!);
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

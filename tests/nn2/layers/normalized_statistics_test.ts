/** The batch's statistics against double precision, where single is not enough. */
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { normalizedConv2d } from "../../../lib/nn2/layers/normalized_conv2d.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";
import { backends } from "./normalized_weights.ts";

const filters = 5;

/** A convolution that passes its channels on; the test disposes the weights. */
function passing() {
  return tf.tidy(() => ({
    kernel: tf.reshape<tf.Rank.R4>(tf.eye(filters), [1, 1, filters, filters]),
    bias: tf.zeros<tf.Rank.R1>([filters]),
    gamma: tf.ones<tf.Rank.R1>([filters]),
    beta: tf.fill<tf.Rank.R1>([filters], 10),
    movingMean: tf.variable(tf.zeros([filters])),
    movingVariance: tf.variable(tf.zeros([filters])),
  }));
}

/** What training makes of pixels by channel, and the gradients of its sum of squares. */
function train(
  pixels: number,
  value: (pixel: number, channel: number) => number,
  epsilon = 0,
) {
  const weights = passing();
  const values = Float32Array.from(
    { length: pixels * filters },
    (_, i) => value(Math.floor(i / filters), i % filters),
  );
  const options = { strides: 1, epsilon, momentum: 0, inputGradient: true };
  const result = tf.tidy(() => {
    const x = tf.tensor4d(values, [pixels, 1, 1, filters]);
    const { value, grads } = tf.valueAndGrads((x, gamma) =>
      tf.square(normalizedConv2d(
        x as tf.Tensor4D,
        { ...weights, gamma: gamma as tf.Tensor1D },
        options,
        true,
      ))
    )([x, weights.gamma]);
    return {
      values,
      y: tf.sqrt(value).dataSync(),
      means: weights.movingMean.dataSync(),
      variances: weights.movingVariance.dataSync(),
      gradients: grads.map((gradient) => gradient.dataSync()),
    };
  });
  tf.dispose(weights);
  return result;
}

/** Mean and variance of each channel. */
function exactStatistics(values: Float32Array): [number, number][] {
  return Array.from({ length: filters }, (_, channel) => {
    const own = values.filter((_, i) => i % filters === channel);
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    const squares = own.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return [mean, squares / own.length];
  });
}

function assertExact(result: ReturnType<typeof train>, tolerance: number) {
  exactStatistics(result.values).forEach(([mean, variance], c) => {
    const deviation = Math.sqrt(variance);
    assertAlmostEquals(
      result.variances[c]!,
      variance,
      tolerance * variance,
      `variance of channel ${c}`,
    );
    assertAlmostEquals(
      result.means[c]!,
      mean,
      tolerance * deviation + 1e-7 * Math.abs(mean),
      `mean of channel ${c}`,
    );
  });
}

for (const backend of backends) {
  Deno.test(`normalizedConv2d() finds a deviation of 1 beside means up to 4,000 on ${backend}`, async () => {
    await useBackend(backend);
    const random = createRandom(1);
    const result = train(10_000, (_, c) => 1000 * c + random.normal());
    assertExact(result, 2e-6);
    const exact = exactStatistics(result.values);
    result.values.forEach((value, i) => {
      const [mean, variance] = exact[i % filters]!;
      const expected = 10 + (value - mean) / Math.sqrt(variance);
      // A mean of 4,000 is known to 1e-4 in single precision.
      assertAlmostEquals(result.y[i]!, expected, 1e-3);
    });
  });

  for (const outlier of [30, 1e4, 1e6]) {
    Deno.test(`normalizedConv2d() takes a first pixel ${outlier} deviations off on ${backend}`, async () => {
      await useBackend(backend);
      const random = createRandom(2);
      assertExact(
        train(
          8_000,
          (pixel, c) => 100 * c + (pixel === 0 ? outlier : random.normal()),
        ),
        2e-5,
      );
    });
  }

  Deno.test(`normalizedConv2d() takes first pixels unlike all others on ${backend}`, async () => {
    await useBackend(backend);
    const random = createRandom(3);
    assertExact(
      train(30_000, (pixel) => (pixel < 1024 ? 1000 : 0) + random.normal()),
      1e-5,
    );
  });

  Deno.test(`normalizedConv2d() takes channels without variance on ${backend}`, async () => {
    await useBackend(backend);
    const { y, means, variances, gradients } = train(
      2_000,
      (_, c) => 0.1 * (c - 1),
      1e-3,
    );
    means.forEach((mean, c) => assertAlmostEquals(mean, 0.1 * (c - 1), 1e-7));
    variances.forEach((variance) => assert(variance >= 0 && variance < 1e-15));
    assert(y.every((value) => Math.abs(value - 10) < 1e-5));
    // No pixel can move its channel's distances.
    assert(gradients[0]!.every((value) => Math.abs(value) < 1e-2));
    assert(gradients[1]!.every((value) => Math.abs(value) < 1e-1));
  });

  Deno.test(`normalizedConv2d() makes beta of a batch of one pixel on ${backend}`, async () => {
    await useBackend(backend);
    const { y, means, variances, gradients } = train(1, (_, c) => c - 2.5, 0.1);
    assertEquals([...means], [-2.5, -1.5, -0.5, 0.5, 1.5]);
    assertEquals([...variances], Array(filters).fill(0));
    y.forEach((value) => assertAlmostEquals(value, 10, 1e-5));
    for (const gradient of gradients) {
      gradient.forEach((value) => assertAlmostEquals(value, 0, 1e-5));
    }
  });
}

/** Shapes with more workgroups than a device takes in one dimension, 65,535. */
import * as tf from "@tensorflow/tfjs";
import { callKernel } from "../../../../lib/backends/engine/kernels.ts";
import { l2Pool } from "../../../../lib/nn2/layers/l2_pooling.ts";
import { createAdam } from "../../../../lib/training/optimizer/adam.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../../assert.ts";
import { convolve, createWeights, options } from "../../cases/normalized.ts";
import { deviceTest, useWebGpu, valuesOf } from "../device.ts";

/** More pixels than 65,535 tiles of 32 rows have. */
const pixels = [1, 1500, 1400, 1] as const;
const count = pixels[1] * pixels[2];

/** Small whole numbers by pixel, of which sums are exact. */
const values = Float32Array.from({ length: count }, (_, i) => i % 7 - 3);

/** The last pixels are the ones that are left out. */
const assertLast = (
  actual: Float32Array,
  expected: (i: number) => number,
): void => {
  assertEquals(actual.length, count);
  for (const i of [0, 1, count >> 1, count - 2, count - 1]) {
    assertAlmostEquals(actual[i]!, expected(i), 1e-4, `pixel ${i}`);
  }
};

deviceTest(
  "a normalized convolution takes more than 65,535 workgroups of pixels",
  async () => {
    await useWebGpu();
    const x = tf.tensor4d(values, [...pixels]);
    const weights = createWeights(1, 1, 1);
    const made = convolve(x, weights, options);
    const [y, z, constants] = await valuesOf(...made);
    const [kernel, beta] = await valuesOf(weights.kernel, weights.beta);
    assertLast(z!, (i) => values[i]! * kernel![0]!);
    const [mean, , scale] = constants!;
    const height = (i: number) => (z![i]! - mean!) * scale! + beta![0]!;
    assertLast(y!, (i) => Math.max(0, height(i)));
    // The mean of 0, 1, … 6 less 3 is 0.
    assertAlmostEquals(mean!, 0, 1e-4);

    const dy = tf.ones([...pixels]);
    const [dz, , dBeta] = callKernel(
      "NormalizationGrad",
      { dy, z: made[1], constants: made[2] },
    ).map((info) => tf.engine().makeTensorFromTensorInfo(info));
    const [gradient, sum] = await valuesOf(dz!, dBeta!);
    const positive = y!.reduce((sum, value) => sum + Number(value > 0), 0);
    assertEquals(sum![0], positive);
    assert(gradient!.some((value) => value !== 0));
    tf.dispose([x, made, Object.values(weights), dy, dz!, dBeta!]);
  },
);

deviceTest(
  "a convolution's gradients take more than 65,535 workgroups of pixels",
  async () => {
    await useWebGpu();
    const [x, dy] = [values, values.map((value) => value + 1)].map((each) =>
      tf.tensor4d(each, [...pixels])
    ) as [tf.Tensor4D, tf.Tensor4D];
    const filter = tf.fill<tf.Rank.R4>([1, 1, 1, 1], 2);
    const geometry = {
      ...{ strides: 1, pad: "same", dataFormat: "NHWC" },
      ...{ inputShape: x.shape, filterShape: filter.shape },
    };
    const [dx, dFilter] = [
      ...callKernel("Conv2DBackpropInput", { dy, filter }, geometry),
      ...callKernel("Conv2DBackpropFilter", { x, dy }, geometry),
    ].map((info) => tf.engine().makeTensorFromTensorInfo(info));
    const [inX, inFilter] = await valuesOf(dx!, dFilter!);
    assertLast(inX!, (i) => 2 * (values[i]! + 1));
    const sum = values.reduce((sum, value) => sum + value * (value + 1), 0);
    assertAlmostEquals(inFilter![0]!, sum, 1e-4 * sum);
    const [summed] = callKernel("PointwiseBackpropInput", {
      ...{ dy0: dy, dy1: dy, filter0: filter, filter1: filter },
    });
    const twice = tf.engine().makeTensorFromTensorInfo(summed!);
    const [inBoth] = await valuesOf(twice);
    assertLast(inBoth!, (i) => 4 * (values[i]! + 1));
    tf.dispose([x, dy, filter, dx!, dFilter!, twice]);
  },
);

deviceTest("pools take more than 65,535 workgroups of pixels", async () => {
  await useWebGpu();
  const x = tf.tensor4d(values, [...pixels]);
  const pools = [
    (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, 1, 1, "same"),
    (x: tf.Tensor) => l2Pool(x as tf.Tensor4D, 1, 1),
  ];
  const results = pools.flatMap((pool) => [pool(x), tf.grad(pool)(x)]);
  const [maximum, inMaximum, norm, inNorm] = await valuesOf(...results);
  assertLast(maximum!, (i) => values[i]!);
  assertLast(inMaximum!, () => 1);
  assertLast(norm!, (i) => Math.abs(values[i]!));
  assertLast(inNorm!, (i) => Math.sign(values[i]!));
  tf.dispose([x, results]);
});

deviceTest("Adam takes more than 65,535 workgroups of weights", async () => {
  await useWebGpu();
  const size = 65535 * 64 + 1000;
  const weights = tf.tidy(() => tf.variable(tf.fill([size], 3)));
  const optimizer = createAdam({ weights });
  const gradient = tf.fill([size], 5);
  optimizer.update({ weights: gradient }, 0.25);
  const [next] = await valuesOf(weights);
  assertAlmostEquals(next![0]!, 2.75, 1e-4);
  assertAlmostEquals(next![size - 1]!, 2.75, 1e-4);
  optimizer.dispose();
  tf.dispose([weights, gradient]);
});

deviceTest("concatenations take more than 65,535 workgroups", async () => {
  await useWebGpu();
  const x = tf.tensor4d(values, [...pixels]);
  const whole = tf.concat([x, x, x], 3);
  const parts = tf.split(whole, [1, 2], 3);
  const [first] = await valuesOf(parts[0]!);
  assertLast(first!, (i) => values[i]!);
  tf.dispose([x, whole, parts]);
});

/** Inputs at the edge: none, one, no numbers, and large ones with small differences. */
import * as tf from "@tensorflow/tfjs";
import { callKernel } from "../../../../lib/backends/engine/kernels.ts";
import { l2Pool } from "../../../../lib/nn2/layers/l2_pooling.ts";
import { createRandom } from "../../../../lib/numeric/random.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { normals, tensorOf } from "../../against_cpu.ts";
import { normalizedConv2d } from "../../../../lib/nn2/layers/normalized_conv2d.ts";
import {
  convolve as normalize,
  createWeights,
  options,
} from "../../cases/normalized.ts";
import { pooledAndGradient } from "../../cases/pools.ts";
import {
  assertDeviceEqualsCpu,
  deviceTest,
  useWebGpu,
  valuesOf,
} from "../device.ts";

const convolve = (x: tf.Tensor, w: tf.Tensor) =>
  tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same");

for (const size of [1, 3]) {
  deviceTest(
    `an empty batch has empty results and gradients of 0, ${size}×${size}`,
    () =>
      assertDeviceEqualsCpu(() => {
        const x = tf.zeros<tf.Rank.R4>([0, 5, 5, 2]);
        const weights = createWeights(size, 2, 4);
        const dy = tf.ones([0, 5, 5, 4]);
        const train = (...[x, kernel, gamma]: tf.Tensor[]) =>
          normalizedConv2d(
            x as tf.Tensor4D,
            {
              ...weights,
              kernel: kernel as tf.Tensor4D,
              gamma: gamma as tf.Tensor1D,
            },
            options,
            true,
          );
        const inputs = [x, weights.kernel, weights.gamma];
        const normalized = train(...inputs);
        const inferred = normalizedConv2d(x, weights, options, false);
        // Memory that was used before must not shine through.
        tf.fill([size, size, 2, 4], 777).dispose();
        const gradients = tf.grads(train)(inputs, dy);
        const moving = [weights.movingMean, weights.movingVariance];
        const moved = moving.map((each) => tf.clone(each));
        tf.dispose(moving);
        return [normalized, inferred, ...gradients, ...moved];
      }),
  );
}

for (const name of ["maxPool", "l2Pool"] as const) {
  deviceTest(
    `${name}() of no images gives no images`,
    () =>
      assertDeviceEqualsCpu(() =>
        pooledAndGradient(
          (x) =>
            name === "l2Pool" ? l2Pool(x, 3, 2) : tf.maxPool(x, 3, 2, "same"),
          [0, 4, 4, 3],
        )
      ),
  );
}

deviceTest("1×1 convolutions of no images have gradients of 0", async () => {
  await useWebGpu();
  const x = tf.zeros([0, 3, 3, 4]);
  const dys = [2, 3].map((filters) => tf.zeros([0, 3, 3, filters]));
  const filters = [2, 3].map((filters) => tf.ones([1, 1, 4, filters]));
  tf.fill([1, 1, 4, 2], 777).dispose();
  const made = [
    ...callKernel("PointwiseBackpropFilter", {
      ...{ x, dy0: dys[0]!, dy1: dys[1]! },
    }),
    ...callKernel("PointwiseBackpropInput", {
      ...{ dy0: dys[0]!, dy1: dys[1]! },
      ...{ filter0: filters[0]!, filter1: filters[1]! },
    }),
  ].map((info) => tf.engine().makeTensorFromTensorInfo(info));
  assertEquals(made.map(({ shape }) => shape), [
    [1, 1, 4, 2],
    [1, 1, 4, 3],
    [0, 3, 3, 4],
  ]);
  for (const values of await valuesOf(...made)) {
    assert(values.every((value) => value === 0));
  }
  tf.dispose([x, dys, filters, made]);
});

for (const odd of [NaN, Infinity, -Infinity]) {
  deviceTest(
    `a convolution and its gradients pass ${odd} on as the cpu backend does`,
    () =>
      assertDeviceEqualsCpu(() => {
        const images = normals([2, 6, 5, 3], 1);
        images.values[40] = odd;
        const filters = normals([3, 3, 3, 4], 2);
        // No product with 0, which would be NaN.
        const [x, w] = [tensorOf(images), tensorOf(filters)];
        const y = convolve(x, w);
        const slopes = normals(y.shape, 3);
        slopes.values[70] = odd;
        return [y, ...tf.grads(convolve)([x, w], tensorOf(slopes))];
      }, 1e-5),
  );

  deviceTest(
    `pools pass ${odd} on as the cpu backend does`,
    () =>
      assertDeviceEqualsCpu(() => {
        const images = normals([2, 6, 5, 3], 1);
        images.values[40] = odd;
        const x = tensorOf(images) as tf.Tensor4D;
        return [tf.maxPool(x, 3, 2, "same"), l2Pool(x, 3, 2)];
      }, 1e-5),
  );
}

/** What an identity makes of pixels: their normalization alone. */
async function normalizedPixels(
  values: Float32Array,
  channels: number,
  epsilon: number,
) {
  const rows = values.length / channels;
  const x = tf.tensor4d(values, [rows, 1, 1, channels]);
  const ones = tf.ones([channels]);
  const weights = {
    kernel: tf.tidy<tf.Tensor4D>(() =>
      tf.reshape<tf.Rank.R4>(tf.eye(channels), [1, 1, channels, channels])
    ),
    bias: tf.zeros<tf.Rank.R1>([channels]),
    gamma: ones as tf.Tensor1D,
    beta: tf.fill<tf.Rank.R1>([channels], 10),
    movingMean: tf.variable(tf.zeros([channels])),
    movingVariance: tf.variable(tf.ones([channels])),
  };
  const settings = { ...options, epsilon };
  const made = normalize(x, weights, settings);
  const [y, , constants] = await valuesOf(...made);
  tf.dispose([x, made, Object.values(weights)]);
  return { y: y!, constants: constants! };
}

for (const [rows, channels] of [[60, 3], [1500, 4], [5000, 5]] as const) {
  deviceTest(
    `normalization holds where the mean is a million deviations, ${rows} rows of ${channels} channels`,
    async () => {
      await useWebGpu();
      const random = createRandom(1);
      const values = Float32Array.from(
        { length: rows * channels },
        // The next number in float32 is 0.001 away.
        () => 1e4 + 1e-2 * random.normal(),
      );
      const { y, constants } = await normalizedPixels(values, channels, 1e-12);
      for (let channel = 0; channel < channels; channel++) {
        const own = values.filter((_, i) => i % channels === channel);
        const mean = own.reduce((sum, value) => sum + value, 0) / rows;
        const variance = own.reduce((sum, v) => sum + (v - mean) ** 2, 0) /
          rows;
        const inverse = 1 / Math.sqrt(variance);
        // A little more than half of what lies between two numbers.
        const off = 0.6 * 2 ** -10;
        assert(
          Math.abs(constants[channel]! - mean) <= off,
          `expected a mean of ${mean}, got ${constants[channel]}`,
        );
        const got = constants[channels + channel]!;
        assert(
          Math.abs(got / inverse - 1) < 0.01,
          `expected 1 / deviation of ${inverse}, got ${got}`,
        );
        own.forEach((value, i) => {
          const expected = (value - mean) * inverse + 10;
          const actual = y[i * channels + channel]!;
          assert(
            Math.abs(actual - expected) < 1.1 * off * inverse + 0.02,
            `expected ${expected}, got ${actual}`,
          );
        });
      }
    },
  );
}

deviceTest("a channel of one value is normalized to beta", async () => {
  await useWebGpu();
  for (const value of [0, 0.1, 12345.678]) {
    const { y } = await normalizedPixels(
      new Float32Array(999).fill(value),
      3,
      1e-3,
    );
    assert(y.every((each) => Math.abs(each - 10) < 0.05), `${value}: ${y[0]}`);
  }
});

import * as tf from "@tensorflow/tfjs";
import { runKernel } from "../../../../lib/backends/engine/kernels.ts";
import {
  convolveByKernel,
  kernelInputs,
} from "../../../../lib/nn2/layers/normalized_conv2d_kernels.ts";
import { convolveByOperations } from "../../../../lib/nn2/layers/normalized_conv2d_operations.ts";
import { assertEquals, assertThrows } from "../../../assert.ts";
import { assertNear, type Compute, resultsOf } from "../../against_cpu.ts";
import { assertDeviceEqualsCpu, deviceTest, useWebGpu } from "../device.ts";
import { countLaunches } from "../launches.ts";

import { withLimits } from "../with_limits.ts";
import { layerOf, settings, withStrides } from "./layers.ts";
import { nameOf, normalValues, type Shapes, someShapes } from "./shapes.ts";

/** The forward pass of training on the current backend. */
const train = (
  { x, filter, strides }: Shapes,
  mean = 0,
): Compute =>
() => {
  const images = tf.tensor4d(normalValues(x, 1, mean), x);
  const layer = layerOf(filter, 2);
  const options = withStrides(strides);
  const results = tf.getBackend() === "webgpu"
    ? convolveByKernel<tf.Tensor>(runKernel, images, layer, options)
    : convolveByOperations(images, layer, options);
  tf.dispose([layer.movingMean, layer.movingVariance]);
  return results;
};

const some: Shapes[] = [
  // One of each, many pixels, many filters.
  { x: [1, 1, 1, 1], filter: [1, 1, 1, 1], strides: 1 },
  { x: [2, 45, 31, 1], filter: [7, 7, 1, 64], strides: 2 },
  { x: [3, 4, 4, 12], filter: [3, 3, 12, 300], strides: 1 },
  // So many tiles of pixels that their moments are merged first.
  { x: [7, 27, 31, 3], filter: [1, 1, 3, 64], strides: 1 },
  { x: [3, 71, 65, 1], filter: [3, 3, 1, 57], strides: 1 },
  // Windows that see less than they have.
  { x: [2, 2, 1, 4], filter: [5, 5, 4, 8], strides: 1 },
  ...someShapes(20, 19),
];

for (const shapes of some) {
  deviceTest(
    `NormalizedConv2DTraining on webgpu equals its operations: ${
      nameOf(shapes)
    }`,
    () => assertDeviceEqualsCpu(train(shapes)),
  );
}

deviceTest(
  "NormalizedConv2DTraining on webgpu measures the variance of values far from 0",
  async () => {
    const x: Shapes["x"] = [4, 15, 15, 1];
    await useWebGpu();
    const [variance, wanted] = tf.tidy(() => {
      const images = tf.tensor4d(normalValues(x, 1, 3000), x);
      const layer = {
        ...layerOf([1, 1, 1, 1], 2),
        kernel: tf.ones<tf.Rank.R4>([1, 1, 1, 1]),
      };
      const inputs = kernelInputs<tf.Tensor>(images, layer);
      const attributes = { ...withStrides(1), momentum: 0 };
      const results = runKernel("NormalizedConv2DTraining", inputs, attributes);
      tf.dispose([layer.movingMean, layer.movingVariance]);
      return [
        results[4]!,
        tf.moments(tf.sub(images, 3000)).variance,
      ] as const;
    });
    const [[actual], [expected]] = [
      await variance.data(),
      await wanted.data(),
    ] as unknown as [[number], [number]];
    assertEquals(Math.abs(actual / expected - 1) < 1e-4, true);
    tf.dispose([variance, wanted]);
  },
);

deviceTest(
  "NormalizedConv2DTraining on webgpu takes two launches",
  async () => {
    const backend = await useWebGpu();
    const layer = layerOf([3, 3, 4, 8], 2);
    const x = tf.zeros([2, 5, 5, 4]);
    const count = countLaunches(
      backend,
      () =>
        tf.dispose(
          convolveByKernel<tf.Tensor>(runKernel, x, layer, withStrides(1)),
        ),
    );
    assertEquals(count, 2);
  },
);

deviceTest(
  "NormalizedConv2DTraining on webgpu of no images moves its statistics by 0",
  async () => {
    await useWebGpu();
    const layer = layerOf([3, 3, 4, 6], 2);
    const [y, z, constants, mean, variance] = await resultsOf(() =>
      convolveByKernel<tf.Tensor>(
        runKernel,
        tf.zeros([0, 5, 5, 4]),
        layer,
        withStrides(1),
      )
    );
    assertEquals([y!.data.length, z!.data.length], [0, 0]);
    const { bias, gamma, beta, movingMean, movingVariance } = layer;
    const expected = await resultsOf(() => {
      const inverse = tf.fill([6], 1 / Math.sqrt(settings.epsilon));
      return [
        tf.stack([tf.zeros([6]), inverse, tf.mul(gamma, inverse), beta]),
        tf.add(tf.mul(movingMean, 0.9), tf.mul(bias, 0.1)),
        tf.mul(movingVariance, 0.9),
      ];
    });
    [constants, mean, variance].forEach((actual, i) =>
      Array.from(actual!.data).forEach((value, j) => {
        const wanted = expected[i]!.data[j]!;
        assertEquals(Math.abs(value - wanted) <= 1e-5 * Math.abs(wanted), true);
      })
    );
    tf.dispose({ ...layer });
  },
);

deviceTest(
  "NormalizedConv2DTraining on webgpu goes on in the third dimension where workgroups are many",
  async () => {
    const shapes: Shapes = {
      x: [5, 13, 13, 4],
      filter: [3, 3, 4, 64],
      strides: 1,
    };
    const backend = await useWebGpu();
    await tf.setBackend("cpu");
    const expected = await resultsOf(train(shapes));
    await useWebGpu();
    // What was not written would show the values of these.
    await resultsOf(train(shapes, 5));
    const limits = { maxComputeWorkgroupsPerDimension: 2 };
    const actual = await withLimits(
      backend,
      limits,
      () => resultsOf(train(shapes)),
    );
    assertNear(actual, expected, 1e-4);
  },
);

deviceTest(
  "NormalizedConv2DTraining on webgpu refuses a wrong call",
  async () => {
    await useWebGpu();
    const layer = layerOf([3, 3, 4, 6], 2);
    const given = kernelInputs<tf.Tensor>(tf.zeros([2, 5, 5, 4]), layer);
    const run = (inputs: object, attributes: object = {}) => () =>
      runKernel("NormalizedConv2DTraining", { ...given, ...inputs }, {
        ...withStrides(1),
        ...attributes,
      });
    assertThrows(
      run({ x: tf.zeros([2, 5, 5, 3]) }),
      RangeError,
      "expected a filter for 3 channels, got [3, 3, 4, 6]",
    );
    assertThrows(
      run({ beta: tf.zeros([5]) }),
      RangeError,
      "expected beta of shape [6], got [5]",
    );
    assertThrows(run({}, { strides: 0 }), RangeError, "expected strides of");
    assertThrows(
      run({}, { momentum: NaN }),
      RangeError,
      "expected a finite momentum, got NaN",
    );
    assertThrows(
      run({
        x: tf.zeros([2, 5, 5, 0]),
        filter: tf.zeros([3, 3, 0, 6]),
      }),
      RangeError,
      "expected channels and filters",
    );
    tf.dispose([given, { ...layer }]);
  },
);

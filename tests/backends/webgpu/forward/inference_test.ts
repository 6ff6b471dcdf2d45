import * as tf from "@tensorflow/tfjs";
import { runKernel } from "../../../../lib/backends/engine/kernels.ts";
import { kernelInputs } from "../../../../lib/nn2/layers/normalized_conv2d_kernels.ts";
import { inferByOperations } from "../../../../lib/nn2/layers/normalized_conv2d_operations.ts";
import { assertEquals, assertThrows } from "../../../assert.ts";
import type { Compute } from "../../against_cpu.ts";
import { assertDeviceEqualsCpu, deviceTest, useWebGpu } from "../device.ts";
import { countLaunches } from "../launches.ts";

import { layerOf, withStrides } from "./layers.ts";
import { nameOf, normalValues, type Shapes, someShapes } from "./shapes.ts";

const infer = ({ x, filter, strides }: Shapes): Compute => () => {
  const images = tf.tensor4d(normalValues(x, 1), x);
  const layer = layerOf(filter, 2);
  const options = withStrides(strides);
  const results = tf.getBackend() === "webgpu"
    ? runKernel(
      "NormalizedConv2DInference",
      kernelInputs<tf.Tensor>(images, layer),
      {
        ...options,
      },
    )
    : inferByOperations(images, layer, options);
  tf.dispose([layer.movingMean, layer.movingVariance]);
  return results;
};

for (const shapes of someShapes(16, 23)) {
  deviceTest(
    `NormalizedConv2DInference on webgpu equals its operations: ${
      nameOf(shapes)
    }`,
    () => assertDeviceEqualsCpu(infer(shapes)),
  );
}

deviceTest("NormalizedConv2DInference on webgpu takes one launch", async () => {
  const backend = await useWebGpu();
  const given = kernelInputs<tf.Tensor>(
    tf.zeros([2, 5, 5, 4]),
    layerOf([3, 3, 4, 8], 2),
  );
  const run = () =>
    runKernel("NormalizedConv2DInference", given, { ...withStrides(1) });
  assertEquals(countLaunches(backend, () => tf.dispose(run())), 1);
  tf.dispose(given);
});

deviceTest("NormalizedConv2DInference on webgpu passes a NaN on", async () => {
  await useWebGpu();
  const given = kernelInputs<tf.Tensor>(
    tf.tensor4d([NaN, 1, 2, 3], [1, 2, 2, 1]),
    layerOf([1, 1, 1, 2], 2),
  );
  const [y] = runKernel("NormalizedConv2DInference", given, {
    ...withStrides(1),
  });
  const values = await y!.data();
  assertEquals([...values].map(Number.isNaN), [
    ...[true, true, false, false],
    ...[false, false, false, false],
  ]);
  assertThrows(
    () => runKernel("NormalizedConv2DInference", given, { strides: 1 }),
    RangeError,
    "expected a finite epsilon",
  );
  tf.dispose([given, y!]);
});

import * as tf from "@tensorflow/tfjs";
import { runKernel } from "../../../../lib/backends/engine/kernels.ts";
import { kernelInputs } from "../../../../lib/nn2/layers/normalized_conv2d_kernels.ts";
import { inferByOperations } from "../../../../lib/nn2/layers/normalized_conv2d_operations.ts";
import { launch } from "../../../../lib/backends/webgpu/runtime/launch.ts";
import type { WebGpuBackend } from "../../../../lib/backends/webgpu/runtime/tfjs_backend.ts";
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

/**
 * Whether a device has NaN: WGSL leaves it free, and devices of OpenGL take numbers for
 * finite.
 */
async function hasNaN(backend: WebGpuBackend): Promise<boolean> {
  const x = tf.fill([4], NaN);
  const y = tf.zeros([4]);
  launch(backend, {
    name: "a ReLU alone",
    inputs: { x: "f32" },
    outputs: { y: "f32" },
    constants: {},
    code: `@compute @workgroup_size(4)
fn main(@builtin(local_invocation_index) i: u32) {
  y[i] = select(x[i], 0.0, x[i] < 0.0);
}`,
  }, { inputs: { x }, outputs: { y }, constants: {}, workgroups: [1] });
  const [value] = await y.data();
  tf.dispose([x, y]);
  return Number.isNaN(value);
}

deviceTest("NormalizedConv2DInference on webgpu passes a NaN on", async () => {
  const backend = await useWebGpu();
  const isNaN = await hasNaN(backend);
  const given = kernelInputs<tf.Tensor>(
    tf.tensor4d([NaN, 1, 2, 3], [1, 2, 2, 1]),
    layerOf([1, 1, 1, 2], 2),
  );
  const [y] = runKernel("NormalizedConv2DInference", given, {
    ...withStrides(1),
  });
  const values = await y!.data();
  assertEquals([...values].map(Number.isNaN), [
    ...[isNaN, isNaN, false, false],
    ...[false, false, false, false],
  ]);
  assertThrows(
    () => runKernel("NormalizedConv2DInference", given, { strides: 1 }),
    RangeError,
    "expected a finite epsilon",
  );
  tf.dispose([given, y!]);
});

import * as tf from "@tensorflow/tfjs";
import { launch } from "../../../../lib/backends/webgpu/runtime/launch.ts";
import type { Shader } from "../../../../lib/backends/webgpu/runtime/shader.ts";
import { launchesOf } from "../../../../lib/backends/webgpu/runtime/submissions.ts";
import type { WebGpuBackend } from "../../../../lib/backends/webgpu/runtime/tfjs_backend.ts";
import {
  assert,
  assertEquals,
  assertRejects,
  assertThrows,
} from "../../../assert.ts";
import { deviceTest, takeFailures, useWebGpu, valuesOf } from "../device.ts";
import { withLimits } from "../with_limits.ts";

const main =
  "@compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3<u32>)";

/** y += scale · x + first. */
const addScaled = {
  name: "add scaled",
  inputs: { x: "f32" },
  outputs: { y: "f32" },
  constants: { first: "u32", scale: "f32" },
  code: `${main} {
  y[id.x] += constants.scale * x[id.x] + f32(constants.first);
}`,
} as const satisfies Shader;

function add(
  backend: WebGpuBackend,
  x: tf.Tensor,
  y: tf.Tensor,
  first: number,
  scale: number,
) {
  launch(backend, addScaled, {
    inputs: { x },
    outputs: { y },
    constants: { first, scale },
    workgroups: [y.size],
  });
}

deviceTest(
  "launch() changes an output in place, and drops values that were read",
  async () => {
    const backend = await useWebGpu();
    const [x, y] = [tf.tensor1d([1, 2, 3]), tf.tensor1d([10, 20, 30])];
    // Read back, so that the CPU has them.
    assertEquals([...(await valuesOf(tf.add(y, 0)))[0]!], [10, 20, 30]);
    assertEquals([...(await valuesOf(y))[0]!], [10, 20, 30]);
    add(backend, x, y, 5, 0.5);
    assertEquals([...(await valuesOf(y))[0]!], [15.5, 26, 36.5]);
    add(backend, x, y, 0, -1);
    assertEquals([...(await valuesOf(y))[0]!], [14.5, 24, 33.5]);
  },
);

deviceTest("launch() gives every launch its own constants", async () => {
  const backend = await useWebGpu();
  const x = tf.tensor1d([1]);
  const ys = Array.from({ length: 300 }, () => tf.tensor1d([0]));
  ys.forEach((y, i) => add(backend, x, y, i, i / 2));
  const values = await valuesOf(...ys);
  assertEquals(
    values.map(([value]) => value),
    ys.map((_, i) => i + i / 2),
  );
});

deviceTest(
  "launch() writes several outputs, in the order of commands",
  async () => {
    const backend = await useWebGpu();
    const twice = {
      name: "twice and thrice",
      inputs: { x: "f32" },
      outputs: { a: "f32", b: "f32" },
      constants: {},
      code: `${main} { a[id.x] = 2.0 * x[id.x]; b[id.x] = 3.0 * x[id.x]; }`,
    } as const satisfies Shader;
    const [x, a, b] = [[1, 2], [0, 0], [0, 0]].map((values) =>
      tf.tensor1d(values)
    ) as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
    launch(backend, twice, {
      inputs: { x },
      outputs: { a, b },
      constants: {},
      workgroups: [2],
    });
    add(backend, a, b, 0, 1);
    // tfjs's own kernels stand in the same order.
    const sum = tf.add(a, b);
    const values = await valuesOf(a, b, sum);
    assertEquals(values.map((each) => [...each]), [[2, 4], [5, 10], [7, 14]]);
  },
);

deviceTest("launch() does nothing without workgroups", async () => {
  const backend = await useWebGpu();
  const before = launchesOf(backend);
  const none = backend.makeTensorInfo([0], "float32", new Float32Array(0));
  launch(backend, addScaled, {
    inputs: { x: none },
    outputs: { y: none },
    constants: { first: 0, scale: 0 },
    workgroups: [0],
  });
  assertEquals(launchesOf(backend), before);
  backend.disposeData(none.dataId);
});

deviceTest(
  "a shader that does not compile is an error of the next read",
  async () => {
    const backend = await useWebGpu();
    const broken = {
      ...addScaled,
      code: `${main} { y[id.x] = unknown; }`,
    };
    const [x, y] = [tf.tensor1d([1]), tf.tensor1d([1])];
    launch(backend, broken, {
      inputs: { x },
      outputs: { y },
      constants: { first: 0, scale: 0 },
      workgroups: [1],
    });
    const error = await assertRejects(() => y.data(), Error, "add scaled");
    assert(error.message.startsWith("Cannot read values on the GPU"));
    assert(takeFailures().length > 0);
    // Later work is not spoiled.
    const z = tf.tensor1d([1]);
    add(backend, x, z, 0, 1);
    assertEquals([...(await valuesOf(z))[0]!], [2]);
  },
);

deviceTest(
  "one tensor as input and output is an error of the next read",
  async () => {
    const backend = await useWebGpu();
    const x = tf.tensor1d([1]);
    add(backend, x, x, 0, 1);
    await assertRejects(() => x.data(), Error, "Cannot read values on the GPU");
    assert(takeFailures().length > 0);
  },
);

deviceTest(
  "launch() refuses tensors that the device does not reach",
  async () => {
    const backend = await useWebGpu();
    const [x, y] = [tf.ones([5, 51]), tf.ones([256])];
    const limited = (maxStorageBufferBindingSize: number, run: () => void) =>
      withLimits(backend, { maxStorageBufferBindingSize }, run);
    await limited(1023, () =>
      assertThrows(
        () => add(backend, x, y, 0, 1),
        RangeError,
        'Cannot run the shader "add scaled" on the webgpu backend: expected ' +
          "tensors of at most 0.0009756 MiB, which this device reaches, got " +
          "[256] of 0.0009766 MiB",
      ));
    await limited(1024, () => add(backend, x, y, 0, 1));
  },
);

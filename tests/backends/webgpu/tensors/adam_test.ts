import * as tf from "@tensorflow/tfjs";
import {
  createAdam,
  restoreAdam,
} from "../../../../lib/training/optimizer/adam.ts";
import { launchesOf } from "../../../../lib/backends/webgpu/runtime/submissions.ts";
import { assertEquals } from "../../../assert.ts";
import { normals, tensorOf } from "../../against_cpu.ts";
import { deviceTest, useWebGpu, valuesOf } from "../device.ts";
import { assertNear } from "../near.ts";
import { withLimits } from "../with_limits.ts";

/** More variables than a launch has, of which one has no weights. */
const shapes = [
  ...Array.from({ length: 40 }, (_, i) => [1 + i]),
  [0, 3],
  [3, 3, 16, 33],
  [70_000],
];

const variables = () =>
  Object.fromEntries(shapes.map((shape, i) => {
    const start = tensorOf(normals(shape, i));
    const variable = tf.variable(start);
    start.dispose();
    return [`weight${i}`, variable];
  }));

const gradientsOf = (step: number) =>
  Object.fromEntries(shapes.map((shape, i) => [
    `weight${i}`,
    // The gradient of some is 0, as those of biases before a normalization.
    i % 7 === 3 ? tf.zeros(shape) : tensorOf(normals(shape, 1000 * step + i)),
  ]));

async function fiveSteps() {
  const own = variables();
  const adam = createAdam(own);
  const held = tf.memory().numTensors;
  for (let step = 1; step <= 5; step++) {
    const gradients = gradientsOf(step);
    adam.update(gradients, 0.01);
    tf.dispose(gradients);
    assertEquals(tf.memory().numTensors, held);
  }
  const weights = await valuesOf(...Object.values(own));
  adam.dispose();
  tf.dispose(own);
  return weights;
}

deviceTest("Adam on webgpu equals the reference over five steps", async () => {
  await tf.setBackend("cpu");
  const expected = await fiveSteps();
  await useWebGpu();
  const actual = await fiveSteps();
  actual.forEach((values, i) => assertNear(values, expected[i]!, 1e-5));
});

deviceTest(
  "Adam on webgpu binds no more buffers than WebGPU promises",
  async () => {
    await tf.setBackend("cpu");
    const expected = await fiveSteps();
    const backend = await useWebGpu();
    const limits = { maxStorageBuffersPerShaderStage: 8 };
    const before = launchesOf(backend);
    const actual = await withLimits(backend, limits, fiveSteps);
    // Three of the 42 variables with values a launch.
    assertEquals(launchesOf(backend) - before >= 5 * 14, true);
    actual.forEach((values, i) => assertNear(values, expected[i]!, 1e-5));
  },
);

deviceTest(
  "Adam on webgpu leaves tensors that share the weights' memory",
  async () => {
    const [expected, actual] = [[], []] as Float32Array[][];
    for (const values of [expected, actual]) {
      await (values === expected ? tf.setBackend("cpu") : useWebGpu());
      const start = tf.tensor1d([1, 2, 3]);
      const x = tf.variable(start);
      const adam = createAdam({ x });
      const before = x.clone();
      // The gradient is the weights themselves.
      adam.update({ x }, 0.5);
      adam.update({ x }, 0.5);
      values!.push(...await valuesOf(x, before, start));
      tf.dispose([start, x, before]);
      adam.dispose();
    }
    actual!.forEach((values, i) => assertNear(values, expected![i]!, 1e-5));
    assertEquals([...actual![1]!], [1, 2, 3]);
  },
);

deviceTest(
  "Adam on webgpu changes weights whose values were read",
  async () => {
    await useWebGpu();
    const start = tf.tensor1d([1, 2, 3]);
    const x = tf.variable(start);
    start.dispose();
    const adam = createAdam({ x });
    const gradient = tf.tensor1d([1, -1, 0]);
    for (const expected of [[0.5, 2.5, 3], [0, 3, 3]]) {
      await valuesOf(x);
      adam.update({ x: gradient }, 0.5);
      const [values] = await valuesOf(x);
      assertNear(values!, Float32Array.from(expected), 1e-5);
    }
    tf.dispose([x, gradient]);
    adam.dispose();
  },
);

deviceTest("Adam on webgpu uses its buffers again", async () => {
  const backend = await useWebGpu();
  const own = variables();
  const adam = createAdam(own);
  const used = [];
  for (let step = 1; step < 5; step++) {
    const gradients = gradientsOf(step);
    adam.update(gradients, 0.01);
    tf.dispose(gradients);
    // A read submits what was recorded: what was disposed is free after it.
    await valuesOf(Object.values(own)[0]!);
    used.push(backend.bufferManager.getNumUsedBuffers());
  }
  assertEquals(used, Array(4).fill(used[0]));
  adam.dispose();
  tf.dispose(own);
});

deviceTest("restoreAdam() on webgpu goes on to the last bit", async () => {
  await useWebGpu();
  const own = variables();
  const adam = createAdam(own);
  const update = (each: typeof adam, step: number) => {
    const gradients = gradientsOf(step);
    each.update(gradients, 0.01);
    tf.dispose(gradients);
  };
  update(adam, 1);
  const reading = adam.state();
  const copied = Object.fromEntries(
    Object.entries(own).map(([name, weight]) => [name, tf.variable(weight)]),
  );
  // What is read is what was held at the call.
  update(adam, 2);
  const state = await reading;
  assertEquals(state.steps, 1);
  const copy = restoreAdam(copied, state);
  update(copy, 2);
  assertEquals(await copy.state(), await adam.state());
  const [expected, actual] = await Promise.all(
    [own, copied].map((each) => valuesOf(...Object.values(each))),
  );
  assertEquals(actual, expected);
  for (const each of [adam, copy]) each.dispose();
  tf.dispose([own, copied]);
});

deviceTest(
  "Adam that was made on webgpu goes on where the backend is another one",
  async () => {
    await tf.setBackend("cpu");
    const expected = await fiveSteps();
    await useWebGpu();
    const own = variables();
    const adam = createAdam(own);
    await tf.setBackend("cpu");
    for (let step = 1; step <= 5; step++) {
      const gradients = gradientsOf(step);
      adam.update(gradients, 0.01);
      tf.dispose(gradients);
    }
    const actual = await valuesOf(...Object.values(own));
    actual.forEach((values, i) => assertNear(values, expected[i]!, 1e-6));
    adam.dispose();
    tf.dispose(own);
  },
);

import * as tf from "@tensorflow/tfjs";
import {
  launchesOf,
  submit,
  uniformOf,
} from "../../../../lib/backends/webgpu/runtime/submissions.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { deviceTest, useWebGpu, valuesOf } from "../device.ts";

deviceTest(
  "launchesOf() counts the launches of tfjs's own kernels, submitted or not",
  async () => {
    const backend = await useWebGpu();
    const before = launchesOf(backend);
    const x = tf.tensor1d(new Float32Array(2000));
    for (let i = 1; i <= 40; i++) {
      tf.dispose(tf.square(x));
      assertEquals(launchesOf(backend) - before, i);
    }
    submit(backend);
    assertEquals(launchesOf(backend) - before, 40);
    // A read is no launch.
    await valuesOf(x);
    assertEquals(launchesOf(backend) - before, 40);
  },
);

deviceTest("submit() without commands does nothing", async () => {
  const backend = await useWebGpu();
  submit(backend);
  submit(backend);
  assertEquals(backend.commandEncoder, null);
});

deviceTest(
  "uniformOf() has as much room as a submission needs, and begins anew after it",
  async () => {
    const backend = await useWebGpu();
    submit(backend);
    const uniform = () => uniformOf(backend, [{ type: "u32", value: 1 }]);
    const first = uniform();
    assertEquals(first.size, 16);
    const second = uniform();
    assert(second.offset! > first.offset!);
    assertEquals(second.offset! % 256, 0);
    assert(uniformOf(backend, many(100)).size! >= 400);
    const limit = uniform().buffer.size;
    for (let i = 0; i < 1000; i++) {
      const { offset, size } = uniform();
      assert(offset! + size! <= limit);
    }
  },
);

const many = (count: number) =>
  Array.from({ length: count }, () => ({ type: "f32" as const, value: 1 }));

import * as tf from "@tensorflow/tfjs";
import { awaitNumbers } from "../../../lib/backends/engine/await_numbers.ts";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { assertEquals, assertRejects } from "../../assert.ts";
import { deviceTest, useWebGpuAlone } from "../webgpu/device.ts";

async function gives(): Promise<void> {
  const x = tf.tensor2d([[3, 4], [6, 8]]);
  const held = tf.memory().numTensors;
  assertEquals(await awaitNumbers(() => x.square().sum()), 125);
  assertEquals(await awaitNumbers(() => x.mul(2)), [[6, 8], [12, 16]]);
  const fails = () => {
    x.square();
    throw new TypeError("no result");
  };
  await assertRejects(() => awaitNumbers(fails), TypeError);
  assertEquals(tf.memory().numTensors, held);
  // A tensor that was there is not computed, and goes too unless it is cloned.
  assertEquals(await awaitNumbers(() => x.clone()), [[3, 4], [6, 8]]);
  assertEquals(tf.memory().numTensors, held);
  x.dispose();
}

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`awaitNumbers() gives numbers and leaves no tensor on ${backend}`, async () => {
    await useBackend(backend);
    await gives();
  });
}

deviceTest("awaitNumbers() awaits a GPU", async () => {
  await useWebGpuAlone();
  await gives();
});

import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { embeddingSpread } from "../../lib/training/step/collapse.ts";
import { copyValues, readValues } from "../../lib/numeric/tensor_values.ts";
import { readEmbeddings } from "../../lib/numeric/embeddings.ts";
import { tensorTiles } from "../../lib/plots/figures/mosaic.ts";
import { mineTriplets } from "../../lib/triplets/miners/mine.ts";
import { batchTripletLoss } from "../../lib/triplets/losses/batch_loss.ts";
import {
  assert,
  assertEquals,
  assertRejects,
  assertThrows,
} from "../assert.ts";
import { deviceTest, useWebGpuAlone } from "../backends/webgpu/device.ts";

Deno.test("readValues() gives numbers of every type", async () => {
  for (const backend of ["cpu", "wasm"] as const) {
    await useBackend(backend);
    const x = tf.tensor1d([1, 0, 2]);
    assertEquals([...readValues("read", x)], [1, 0, 2]);
    assertEquals([...readValues("read", x.toInt())], [1, 0, 2]);
    assertEquals([...readValues("read", x.toBool())], [1, 0, 1]);
  }
});

Deno.test("readValues() says what helps where a backend cannot answer at once", async () => {
  await useBackend("cpu");
  const x = tf.ones([2, 3]);
  x.dataSync = () => {
    throw new TypeError("Cannot read properties of null");
  };
  assertThrows(
    () => readValues("measure a spread", x),
    RangeError,
    "Cannot measure a spread: expected a tensor whose values are here, got one of [2,3] whose values are on the GPU: `await tensor.data()` first",
  );
  x.dataSync = () => {
    throw new Error("another reason");
  };
  assertThrows(() => readValues("read", x), Error, "another reason");
  const gone = tf.ones([2]);
  gone.dispose();
  assertThrows(() => readValues("read", gone), Error, "disposed");
});

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`copyValues() copies what a variable has at the call on ${backend}`, async () => {
    await useBackend(backend);
    const x = tf.variable(tf.tensor1d([1, 2]));
    const copy = copyValues(x);
    x.assign(tf.tensor1d([3, 4]));
    assertEquals(await copy, Float32Array.of(1, 2));
    const later = await copyValues(x);
    later[0] = 9;
    assertEquals(await copyValues(x), Float32Array.of(3, 4));
    const gone = copyValues(x);
    x.dispose();
    assertEquals(await gone, Float32Array.of(3, 4));
    await assertRejects(() => copyValues(x), Error, "disposed");
  });
}

deviceTest("copyValues() leaves no copy with the GPU's tensor", async () => {
  const backend = await useWebGpuAlone();
  const x = tf.variable(tf.square(tf.tensor1d([1, 2])));
  const held = tf.memory().numTensors;
  const copy = copyValues(x);
  x.assign(tf.square(tf.tensor1d([3, 4])));
  assertEquals(await copy, Float32Array.of(1, 4));
  assertEquals(await copyValues(x), Float32Array.of(9, 16));
  assertEquals(backend.tensorMap.get(x.dataId).values ?? null, null);
  // The two that were assigned and their squares; the values stay where they are.
  assertEquals(tf.memory().numTensors, held + 2);
  // One that is on the CPU still.
  const here = tf.tensor1d([5]);
  const values = await copyValues(here);
  values[0] = 6;
  assertEquals(await copyValues(here), Float32Array.of(5));
  tf.dispose([x, here]);
});

deviceTest(
  "what reads a tensor at once says to await its data on webgpu",
  async () => {
    await useWebGpuAlone();
    const points = tf.tidy(() => tf.mul<tf.Tensor2D>(tf.ones([4, 2]), 2));
    const distances = tf.tidy(() => tf.mul<tf.Tensor2D>(tf.ones([4, 4]), 2));
    const images = tf.tidy(() => tf.mul(tf.ones([1, 8, 8, 1]), 0.5));
    const labels = [0, 0, 1, 1];
    const calls: Record<string, () => unknown> = {
      "read embeddings": () => readEmbeddings(points),
      "measure a spread": () => embeddingSpread(points),
      "mine triplets": () =>
        mineTriplets("batch-hard", distances, labels, { margin: 0.2 }),
      "draw images": () => tensorTiles(images),
      "compute a loss of embeddings": () =>
        batchTripletLoss("batch-hard", points, labels, { margin: 0.2 }),
    };
    for (const [action, call] of Object.entries(calls)) {
      const { message } = assertThrows(call, RangeError, `Cannot ${action}: `);
      assert(message.endsWith("`await tensor.data()` first"), message);
    }
    for (const tensor of [points, distances, images]) await tensor.data();
    for (const call of Object.values(calls)) call();
    tf.dispose([points, distances, images]);
  },
);

import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { memoryOf } from "../../../lib/backends/wasm/runtime/memory.ts";
import type { WatchedBackend } from "../../../lib/backends/wasm/runtime/tfjs_backend.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { createAdam } from "../../../lib/training/optimizer/adam.ts";
import { trainStep } from "../../../lib/training/step/step.ts";
import { trainableVariables } from "../../../lib/training/step/training.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { smallNetwork } from "../small_network.ts";

const labels = [0, 0, 1, 1];

for (const normalization of ["none", "batch", "lrn"] as const) {
  Deno.test(`trainStep() lowers NN2's loss and leaves no tensor, normalization ${normalization}`, async () => {
    await useBackend("wasm");
    const model = createNN2({ normalization, embeddingSize: 8, seed: 1 });
    const optimizer = createAdam(trainableVariables(model));
    const images = tf.randomUniform<tf.Rank.R4>(
      [4, 28, 28, 1],
      0,
      1,
      "float32",
      3,
    );
    const training = {
      model,
      optimizer,
      miner: "batch-hard",
      margin: 0.2,
    } as const;
    const losses = [];
    let held: number | undefined;
    for (let i = 0; i < 6; i++) {
      losses.push(await trainStep(training, images, labels, 1e-3));
      held ??= tf.memory().numTensors;
      assertEquals(tf.memory().numTensors, held);
    }
    assert(losses[5]! < losses[0]!, `losses ${losses}`);
    optimizer.dispose();
    model.dispose();
    images.dispose();
  });
}

Deno.test("trainStep() refuses a batch with NaN and keeps the weights", async () => {
  await useBackend("wasm");
  const model = createNN2({ normalization: "none", embeddingSize: 4, seed: 1 });
  const variables = trainableVariables(model);
  const optimizer = createAdam(variables);
  const values = Object.values(variables);
  const before = values.map((variable) => variable.dataSync().slice());
  const pixels = new Float32Array(4 * 28 * 28);
  pixels[1000] = NaN;
  const images = tf.tensor4d(pixels, [4, 28, 28, 1]);
  const held = tf.memory().numTensors;
  await assertRejects(
    () =>
      trainStep(
        { model, optimizer, miner: "semi-hard", margin: 0.2 },
        images,
        labels,
        1e-3,
      ),
    RangeError,
    "expected images of finite numbers",
  );
  assertEquals(tf.memory().numTensors, held);
  values.forEach((variable, i) => assertEquals(variable.dataSync(), before[i]));
  optimizer.dispose();
  model.dispose();
  images.dispose();
});

Deno.test("trainStep() refuses a loss that has left the numbers", async () => {
  await useBackend("wasm");
  const model = createNN2({ normalization: "none", embeddingSize: 4, seed: 1 });
  const variables = trainableVariables(model);
  const optimizer = createAdam(variables);
  const images = tf.ones<tf.Rank.R4>([4, 28, 28, 1]);
  const bias = Object.values(variables).at(-1)!;
  bias.assign(tf.fill(bias.shape, NaN));
  await assertRejects(
    () =>
      trainStep(
        { model, optimizer, miner: "semi-hard", margin: 0.2 },
        images,
        labels,
        1e-3,
      ),
    RangeError,
    "expected a finite loss, got NaN",
  );
  optimizer.dispose();
  model.dispose();
  images.dispose();
});

Deno.test("trainStep() says which batch fits into memory, and goes on with it", async () => {
  await useBackend("wasm", { threads: 1 });
  const memory = memoryOf(tf.backend() as unknown as WatchedBackend);
  const model = createNN2({ embeddingSize: 4, seed: 1 });
  const optimizer = createAdam(trainableVariables(model));
  const batch = (count: number) => ({
    images: tf.randomUniform<tf.Rank.R4>(
      [count, 28, 28, 1],
      0,
      1,
      "float32",
      1,
    ),
    labels: Array.from({ length: count }, (_, i) => i % 2),
  });
  const step = ({ images, labels }: ReturnType<typeof batch>) =>
    trainStep(
      { model, optimizer, miner: "semi-hard", margin: 0.2 },
      images,
      labels,
      1e-3,
    );
  const [small, large] = [batch(12), batch(40)];
  await step(small);
  memory.peak = memory.used;
  await step(small);
  const weights = () =>
    model.trainableWeights.map((weight) => weight.read().dataSync().slice());
  const held = { tensors: tf.memory().numTensors, weights: weights() };
  memory.limit = memory.peak * 1.2;
  try {
    const { message } = await assertRejects(
      () => step(large),
      RangeError,
      "Cannot train on 40 images of 28×28 at once: expected room for",
    );
    assertEquals(tf.memory().numTensors, held.tensors);
    assertEquals(weights(), held.weights);
    assert(model.weights.every((weight) => allFinite(weight.read())));
    const fitting = Number(message.match(/About (\d+) should fit/)![1]);
    assert(fitting > 6 && fitting < 30, message);
    const next = batch(fitting);
    assert(Number.isFinite(await step(next)));
    next.images.dispose();
  } finally {
    memory.limit = 2 ** 32;
  }
  tf.dispose([small.images, large.images]);
  optimizer.dispose();
  model.dispose();
});

Deno.test("trainStep() refuses a network of which a step still runs", async () => {
  await useBackend("wasm");
  const model = smallNetwork();
  const optimizer = createAdam(trainableVariables(model));
  const images = tf.ones<tf.Rank.R4>([4, 28, 28, 1]);
  const margin = 0.2;
  const training = { model, optimizer, miner: "batch-all", margin } as const;
  const step = () => trainStep(training, images, labels, 1e-3);
  const first = step();
  await assertRejects(
    step,
    RangeError,
    "Cannot train on this batch: expected the step before to have ended, got one that still runs: await what it returns",
  );
  // Another network is nobody's business.
  const other = smallNetwork({ seed: 2 });
  const own = createAdam(trainableVariables(other));
  const how = { ...training, model: other, optimizer: own };
  const both = Promise.all([first, trainStep(how, images, labels, 1e-3)]);
  assert((await both).every(Number.isFinite));
  assert(Number.isFinite(await step()));
  // Nor does one that failed stand in the way.
  const none = tf.fill<tf.Rank.R4>([4, 28, 28, 1], NaN);
  await assertRejects(() => trainStep(training, none, labels, 1e-3));
  assert(Number.isFinite(await step()));
  for (const each of [model, other, optimizer, own, images, none]) {
    each.dispose();
  }
});

const allFinite = (tensor: tf.Tensor) =>
  tensor.dataSync().every(Number.isFinite);

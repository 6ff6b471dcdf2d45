import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { memoryOf } from "../../../lib/backends/wasm/runtime/memory.ts";
import type { WatchedBackend } from "../../../lib/backends/wasm/runtime/tfjs_backend.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { createAdam } from "../../../lib/training/optimizer/adam.ts";
import { trainStep } from "../../../lib/training/step/step.ts";
import { trainableVariables } from "../../../lib/training/step/training.ts";
import { assertEquals, assertRejects } from "../../assert.ts";
import { smallNetwork } from "../small_network.ts";
import {
  imagesOf,
  rightImages,
  rightLabels,
  weightsOf,
  wrongFor,
} from "./wrong_images.ts";

const how = { miner: "batch-hard", margin: 0.2 } as const;

interface Network {
  create: () => tf.LayersModel;
  size: number;
  channels: number;
  partSize?: number;
}

/** All ways through a network: by hand, by the tape, in parts. */
const networks: Record<string, Network> = {
  "NN2 by hand": {
    create: () => createNN2({ embeddingSize: 4, seed: 1 }),
    ...{ size: 28, channels: 1 },
  },
  "NN2 by the tape": {
    create: () =>
      createNN2({ embeddingSize: 4, normalization: "lrn", seed: 1 }),
    ...{ size: 28, channels: 1 },
  },
  "NN2 in parts": {
    create: () =>
      createNN2({ embeddingSize: 4, normalization: "none", seed: 1 }),
    ...{ size: 28, channels: 1, partSize: 3 },
  },
  "another network with 3 channels": {
    create: () => smallNetwork({ height: 14, channels: 3 }),
    ...{ size: 14, channels: 3 },
  },
  "another network of convolutions": {
    create: () =>
      tf.sequential({
        layers: [
          tf.layers.conv2d({
            inputShape: [12, 12, 2],
            ...{ filters: 4, kernelSize: 3, activation: "relu" },
            kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
          }),
          tf.layers.maxPooling2d({ poolSize: 2 }),
          tf.layers.flatten(),
          tf.layers.dense({
            units: 3,
            kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }),
          }),
        ],
      }),
    ...{ size: 12, channels: 2 },
  },
};

for (
  const [name, { create, size, channels, partSize }] of Object.entries(networks)
) {
  Deno.test(`trainStep() refuses images that do not fit, and nothing changes: ${name}`, async () => {
    await useBackend("wasm", { threads: 1 });
    const memory = memoryOf(tf.backend() as unknown as WatchedBackend);
    const [model, twin] = [create(), create()];
    const optimizer = createAdam(trainableVariables(model));
    const other = createAdam(trainableVariables(twin));
    const untroubled = { model: twin, optimizer: other, partSize, ...how };
    const right = rightImages([8, size, size, channels]);
    const step = (
      images: tf.Tensor4D,
      labels: ArrayLike<number>,
      training = { model, optimizer, partSize, ...how },
    ) => trainStep(training, images, labels, 1e-3);
    await step(right, rightLabels);
    await step(right, rightLabels, untroubled);
    const before = { weights: weightsOf(model), adam: await optimizer.state() };
    for (const wrong of wrongFor(size, channels)) {
      const images = imagesOf(wrong);
      const held = { used: memory.used, tensors: tf.memory().numTensors };
      await assertRejects(
        () => step(images, wrong.labels ?? rightLabels),
        RangeError,
        wrong.expected,
      );
      assertEquals(
        { used: memory.used, tensors: tf.memory().numTensors },
        held,
        wrong.expected,
      );
      images.dispose();
    }
    await assertRejects(
      () => step(undefined as unknown as tf.Tensor4D, rightLabels),
      RangeError,
      "expected a tensor of images, got nothing",
    );
    await assertRejects(
      () => step(right, undefined as unknown as number[]),
      RangeError,
      "got nothing",
    );
    assertEquals(weightsOf(model), before.weights);
    assertEquals(await optimizer.state(), before.adam);
    // As if nothing had been.
    await step(right, rightLabels);
    await step(right, rightLabels, untroubled);
    assertEquals(weightsOf(model), weightsOf(twin));
    for (const each of [model, twin, optimizer, other, right]) each.dispose();
  });
}

Deno.test("trainStep() refuses grey images of 28 for a network of 224 with 3 channels", async () => {
  await useBackend("wasm");
  const model = createNN2({ inputSize: 224, embeddingSize: 4, seed: 1 });
  const optimizer = createAdam(trainableVariables(model));
  for (const shape of [[8, 28, 28, 1], [8, 224, 224, 1], [8, 28, 28, 3]]) {
    const images = tf.ones<tf.Rank>(shape) as tf.Tensor4D;
    await assertRejects(
      () => trainStep({ model, optimizer, ...how }, images, rightLabels, 1e-3),
      RangeError,
      `expected images of shape [any, 224, 224, 3], got [${shape.join(", ")}]`,
    );
    images.dispose();
  }
  optimizer.dispose();
  model.dispose();
});

Deno.test("trainStep() refuses networks that give no embeddings, before they learn", async () => {
  await useBackend("wasm");
  const image = tf.input({ shape: [4, 4, 1] });
  const norm = tf.layers.batchNormalization().apply(image) as tf.SymbolicTensor;
  const flat = tf.layers.flatten().apply(norm) as tf.SymbolicTensor;
  const images = tf.ones<tf.Rank.R4>([8, 4, 4, 1]);
  for (
    const [outputs, expected] of [
      [norm, "a network with embeddings [any, size], got [any, 4, 4, 1]"],
      [[flat, flat], "a network with one output, got 2"],
    ] as const
  ) {
    const model = tf.model({
      inputs: image,
      outputs: outputs as tf.SymbolicTensor,
    });
    const optimizer = createAdam(trainableVariables(model));
    const before = weightsOf(model);
    await assertRejects(
      () => trainStep({ model, optimizer, ...how }, images, rightLabels, 1e-3),
      RangeError,
      expected,
    );
    assertEquals(weightsOf(model), before);
    optimizer.dispose();
  }
  images.dispose();
});

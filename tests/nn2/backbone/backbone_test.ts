import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { memoryOf } from "../../../lib/backends/wasm/runtime/memory.ts";
import type { WatchedBackend } from "../../../lib/backends/wasm/runtime/tfjs_backend.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { backboneOf } from "../../../lib/nn2/backbone/backbone.ts";
import { readPoints } from "../../../lib/numeric/embeddings.ts";
import { forwardPass } from "../../../lib/training/step/forward_pass.ts";
import { withinStepMemory } from "../../../lib/training/step/step_memory.ts";
import { trainableVariables } from "../../../lib/training/step/training.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { wave } from "../layers/finite_differences.ts";
import { branchedImages, branches, convolve } from "./networks.ts";

/** A loss whose gradient differs from number to number. */
const loss = (embeddings: tf.Tensor2D) =>
  tf.sum<tf.Scalar>(tf.mul(tf.square(embeddings), wave(embeddings.shape, 5)));

/** The same by plain numbers, and the gradients in the weights. */
function passBothWays(
  model: tf.LayersModel,
  variables: tf.Variable[],
  images: tf.Tensor4D,
) {
  const pass = forwardPass({ model, variables }, images);
  try {
    const { values, count, size } = readPoints(pass.embeddings);
    const weights = tf.tidy(() => wave([count, size], 5).dataSync());
    const loss = values.reduce((sum, x, i) => sum + x ** 2 * weights[i]!, 0);
    const gradient = values.map((x, i) => 2 * x * weights[i]!);
    return { loss, gradients: pass.backward(gradient) };
  } finally {
    pass.dispose();
  }
}

/** What a step needs, by hand and by the tape, from the same weights. */
function bothWays(model: tf.LayersModel, images: tf.Tensor4D) {
  const variables = Object.values(trainableVariables(model));
  const statistics = () =>
    model.nonTrainableWeights.map((weight) => weight.read().dataSync());
  const before = model.getWeights().map((weight) => tf.clone(weight));
  const byHand = passBothWays(model, variables, images);
  const moved = statistics();
  model.setWeights(before);
  const byTape = tf.variableGrads(
    () => loss(model.apply(images, { training: true }) as tf.Tensor2D),
    variables,
  );
  const results = {
    losses: [byHand.loss, byTape.value.dataSync()[0]!],
    moved: [moved, statistics()],
    gradients: variables.map(({ name }) => ({
      name,
      byHand: byHand.gradients[name]!.dataSync<"float32">(),
      byTape: byTape.grads[name]!.dataSync<"float32">(),
    })),
  };
  tf.dispose([before, byHand.gradients, byTape.value, byTape.grads]);
  return results;
}

const networks = {
  "a network of branches": branches,
  "a network that branches at the images": branchedImages,
  NN2: () => createNN2({ embeddingSize: 4, seed: 1 }),
};
for (const [name, create] of Object.entries(networks)) {
  Deno.test(`backboneOf() gives the gradients of tfjs's tape in ${name}`, async () => {
    await useBackend("wasm");
    const model = create();
    assert(backboneOf(model));
    const [, ...shape] = model.inputs[0]!.shape as number[];
    const images = wave([5, ...shape], 1) as tf.Tensor4D;
    const held = tf.memory();
    const { losses, moved, gradients } = bothWays(model, images);
    const after = tf.memory();
    assertEquals(
      [after.numTensors, after.numBytes],
      [held.numTensors, held.numBytes],
    );
    assertAlmostEquals(losses[0]!, losses[1]!, 1e-6);
    assertEquals(moved[0], moved[1]);
    for (const { name, byHand, byTape } of gradients) {
      const largest = byTape.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      byTape.forEach((expected, i) =>
        assert(
          Math.abs(byHand[i]! - expected) <= 1e-4 * largest,
          `${name}: expected ${expected} at ${i}, got ${byHand[i]}`,
        )
      );
    }
    model.dispose();
  });
}

Deno.test("backboneOf() knows no backbone where there is none, or on another backend", async () => {
  await useBackend("wasm");
  const input = tf.input({ shape: [8, 8, 1] });
  const plain = tf.layers.conv2d({ filters: 2, kernelSize: 3 });
  const model = (output: tf.SymbolicTensor) =>
    tf.model({ inputs: input, outputs: output });
  const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor) =>
    layer.apply(x) as tf.SymbolicTensor;
  assert(!backboneOf(model(apply(plain, input))));
  const none = createNN2({ normalization: "none", embeddingSize: 2, seed: 1 });
  assert(!backboneOf(none));
  // What leaves the backbone half way cannot be given on.
  const first = apply(convolve(2, 3), input);
  const sum = tf.layers.add().apply([first, apply(convolve(2, 3), first)]);
  assert(!backboneOf(model(sum as tf.SymbolicTensor)));
  const whole = model(apply(convolve(2, 3), input));
  assertEquals(backboneOf(whole)?.head, []);
  await useBackend("cpu");
  assert(!backboneOf(whole));
});

Deno.test("backboneOf() keeps less than tfjs's tape, and frees all of it", async () => {
  // Of several threads, each makes its working memory when it first needs it.
  await useBackend("wasm", { threads: 1 });
  const memory = memoryOf(tf.backend() as unknown as WatchedBackend);
  const model = createNN2({ embeddingSize: 4, seed: 1 });
  const variables = Object.values(trainableVariables(model));
  const images = wave([6, 28, 28, 1]) as tf.Tensor4D;
  const peaks = [true, false].map((byHand) => {
    let peak = 0;
    for (let time = 0; time < 2; time++) {
      const before = memory.used;
      memory.peak = before;
      const made = byHand
        ? passBothWays(model, variables, images).gradients
        : tf.variableGrads(
          () => loss(model.apply(images, { training: true }) as tf.Tensor2D),
          variables,
        );
      peak = memory.peak - before;
      tf.dispose(made);
      // The first time, working memory is made that stays.
      if (time === 1) assertEquals(memory.used, before);
    }
    return peak;
  });
  assert(peaks[0]! < peaks[1]!, `${peaks}`);
  tf.dispose(images);
  model.dispose();
});

Deno.test("backboneOf() leaves nothing behind where memory runs out", async () => {
  // Of several threads, each makes its working memory when it first needs it.
  await useBackend("wasm", { threads: 1 });
  const memory = memoryOf(tf.backend() as unknown as WatchedBackend);
  const model = branches();
  const variables = Object.values(trainableVariables(model));
  const images = wave([40, 9, 8, 2]) as tf.Tensor4D;
  const train = () => {
    const network = { model, variables };
    const made = withinStepMemory(
      network,
      images,
      () => passBothWays(model, variables, images),
    );
    tf.dispose(made.gradients);
  };
  train();
  const { used, limit } = memory;
  const { numTensors } = tf.memory();
  memory.peak = used;
  train();
  const needed = memory.peak - used;
  try {
    for (const part of [0.1, 0.4, 0.7, 0.95]) {
      memory.limit = used + part * needed;
      assertThrows(train, RangeError, "Cannot train on 40 images");
      assertEquals([memory.used, tf.memory().numTensors], [used, numTensors]);
    }
  } finally {
    memory.limit = limit;
  }
  train();
  images.dispose();
  model.dispose();
});

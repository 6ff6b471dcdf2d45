import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import {
  memoryOf,
  type WatchedBackend,
} from "../../../lib/backends/wasm/runtime/memory.ts";
import { ChannelConcatenation } from "../../../lib/nn2/layers/concatenation.ts";
import { L2Pooling } from "../../../lib/nn2/layers/l2_pooling.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { NormalizedConvolution } from "../../../lib/nn2/layers/normalized_convolution.ts";
import { trunkOf } from "../../../lib/nn2/backbone/backbone.ts";
import { lossAndGradients } from "../../../lib/training/step/gradients.ts";
import { trainableVariables } from "../../../lib/training/step/step.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { wave } from "../layers/finite_differences.ts";

const convolve = (filters: number, kernelSize: number, strides = 1) =>
  new NormalizedConvolution({
    filters,
    kernelSize,
    strides,
    seed: filters + 100 * kernelSize,
  });

/** Branches that share inputs in every way: convolutions, pools, and a pass. */
function branches(): tf.LayersModel {
  const images = tf.input({ shape: [9, 8, 2] });
  const apply = (layer: tf.layers.Layer, ...xs: tf.SymbolicTensor[]) =>
    layer.apply(xs.length > 1 ? xs : xs[0]!) as tf.SymbolicTensor;
  const stem = apply(convolve(18, 3), images);
  const joined = apply(
    new ChannelConcatenation({}),
    apply(convolve(5, 1), stem),
    apply(convolve(7, 3), apply(convolve(6, 1), stem)),
    apply(convolve(4, 5), stem),
    apply(new L2Pooling({ size: 3, stride: 1 }), stem),
    apply(
      tf.layers.maxPooling2d({ poolSize: 3, strides: 1, padding: "same" }),
      stem,
    ),
    stem,
  );
  const last = apply(convolve(6, 3, 2), joined);
  const dense = tf.layers.dense({
    units: 3,
    kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
  });
  const flat = apply(tf.layers.globalAveragePooling2d({}), last);
  return tf.model({ inputs: images, outputs: apply(dense, flat) });
}

/** A loss whose gradient differs from number to number. */
const loss = (embeddings: tf.Tensor2D) =>
  tf.sum<tf.Scalar>(tf.mul(tf.square(embeddings), wave(embeddings.shape, 5)));

/** What a step needs, by the trunk and by the tape, from the same weights. */
function bothWays(model: tf.LayersModel, images: tf.Tensor4D) {
  const variables = Object.values(trainableVariables(model));
  const statistics = () =>
    model.nonTrainableWeights.map((weight) => weight.read().dataSync());
  const before = model.getWeights().map((weight) => tf.clone(weight));
  const byTrunk = lossAndGradients({ model, variables, images, loss });
  const moved = statistics();
  model.setWeights(before);
  const byTape = tf.variableGrads(
    () => loss(model.apply(images, { training: true }) as tf.Tensor2D),
    variables,
  );
  const results = {
    losses: [byTrunk.value, byTape.value].map((value) => value.dataSync()[0]!),
    moved: [moved, statistics()],
    gradients: variables.map(({ name }) => ({
      name,
      byTrunk: byTrunk.grads[name]!.dataSync<"float32">(),
      byTape: byTape.grads[name]!.dataSync<"float32">(),
    })),
  };
  tf.dispose([before, byTrunk, byTape.value, byTape.grads]);
  return results;
}

const networks = {
  "a network of branches": branches,
  NN2: () => createNN2({ embeddingSize: 4, seed: 1 }),
};
for (const [name, create] of Object.entries(networks)) {
  Deno.test(`trunkOf() gives the gradients of tfjs's tape in ${name}`, async () => {
    await useBackend("wasm");
    const model = create();
    assert(trunkOf(model));
    const [, ...shape] = model.inputs[0]!.shape as number[];
    const images = wave([5, ...shape], 1) as tf.Tensor4D;
    const held = tf.memory();
    const { losses, moved, gradients } = bothWays(model, images);
    const after = tf.memory();
    assertEquals(
      [after.numTensors, after.numBytes],
      [held.numTensors, held.numBytes],
    );
    assertEquals(losses[0], losses[1]);
    assertEquals(moved[0], moved[1]);
    for (const { name, byTrunk, byTape } of gradients) {
      const largest = byTape.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      byTape.forEach((expected, i) =>
        assert(
          Math.abs(byTrunk[i]! - expected) <= 1e-4 * largest,
          `${name}: expected ${expected} at ${i}, got ${byTrunk[i]}`,
        )
      );
    }
    model.dispose();
  });
}

Deno.test("trunkOf() knows no trunk where there is none, or on another backend", async () => {
  await useBackend("wasm");
  const input = tf.input({ shape: [8, 8, 1] });
  const plain = tf.layers.conv2d({ filters: 2, kernelSize: 3 });
  const model = (output: tf.SymbolicTensor) =>
    tf.model({ inputs: input, outputs: output });
  const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor) =>
    layer.apply(x) as tf.SymbolicTensor;
  assertEquals(trunkOf(model(apply(plain, input))), undefined);
  const none = createNN2({ normalization: "none", embeddingSize: 2, seed: 1 });
  assertEquals(trunkOf(none), undefined);
  // What leaves the trunk half way cannot be given on.
  const first = apply(convolve(2, 3), input);
  const sum = tf.layers.add().apply([first, apply(convolve(2, 3), first)]);
  assertEquals(trunkOf(model(sum as tf.SymbolicTensor)), undefined);
  const whole = model(apply(convolve(2, 3), input));
  assertEquals(trunkOf(whole)?.head, []);
  await useBackend("cpu");
  assertEquals(trunkOf(whole), undefined);
});

Deno.test("trunkOf() keeps less than tfjs's tape, and frees all of it", async () => {
  // Of several threads, each makes its working memory when it first needs it.
  await useBackend("wasm", { threads: 1 });
  const memory = memoryOf(tf.backend() as unknown as WatchedBackend);
  const model = createNN2({ embeddingSize: 4, seed: 1 });
  const variables = Object.values(trainableVariables(model));
  const images = wave([6, 28, 28, 1]) as tf.Tensor4D;
  const peaks = [true, false].map((byTrunk) => {
    let peak = 0;
    for (let time = 0; time < 2; time++) {
      const before = memory.used;
      memory.peak = before;
      const made = byTrunk
        ? lossAndGradients({ model, variables, images, loss })
        : tf.variableGrads(
          () => loss(model.apply(images, { training: true }) as tf.Tensor2D),
          variables,
        );
      peak = memory.peak - before;
      tf.dispose([made.value, made.grads]);
      // The first time, working memory is made that stays.
      if (time === 1) assertEquals(memory.used, before);
    }
    return peak;
  });
  assert(peaks[0]! < peaks[1]!, `${peaks}`);
  tf.dispose(images);
  model.dispose();
});

Deno.test("trunkOf() leaves nothing behind where memory runs out", async () => {
  // Of several threads, each makes its working memory when it first needs it.
  await useBackend("wasm", { threads: 1 });
  const memory = memoryOf(tf.backend() as unknown as WatchedBackend);
  const model = branches();
  const variables = Object.values(trainableVariables(model));
  const images = wave([40, 9, 8, 2]) as tf.Tensor4D;
  const train = () => {
    const made = lossAndGradients({ model, variables, images, loss });
    tf.dispose([made.value, made.grads]);
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

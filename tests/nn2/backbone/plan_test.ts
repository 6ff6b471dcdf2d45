import * as tf from "@tensorflow/tfjs";
import { planBackbone } from "../../../lib/nn2/backbone/plan.ts";
import { ChannelConcatenation } from "../../../lib/nn2/layers/concatenation.ts";
import { NormalizedConvolution } from "../../../lib/nn2/layers/normalized_convolution.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { assert, assertEquals } from "../../assert.ts";

await tf.setBackend("cpu");

Deno.test("planBackbone() divides NN2 before its average pool", () => {
  const model = createNN2({ embeddingSize: 4, seed: 1 });
  const { images, features, steps, head } = planBackbone(model)!;
  assertEquals(images, "images");
  assertEquals(features, "inception_5b");
  assertEquals(head.map(({ name }) => name), [
    "pool6",
    "embedding",
    "embedding_unit_length",
  ]);
  const passed = steps.flatMap(({ outputs }) => outputs);
  assertEquals(
    new Set([images, ...passed, ...head.map(({ name }) => name)]),
    new Set(model.layers.map(({ name }) => name)),
  );
  assertEquals(new Set(passed).size, passed.length);
  model.dispose();
});

Deno.test("planBackbone() lists each step after those that it needs", () => {
  const model = createNN2({ embeddingSize: 4, seed: 1 });
  const { images, steps } = planBackbone(model)!;
  const made = new Set([images]);
  for (const { inputs, outputs } of steps) {
    for (const input of inputs) assert(made.has(input), input);
    for (const output of outputs) made.add(output);
  }
  model.dispose();
});

Deno.test("planBackbone() joins the 1×1 convolutions of one input, and nothing else", () => {
  const model = createNN2({ embeddingSize: 4, seed: 1 });
  const joined = planBackbone(model)!.steps
    .filter(({ outputs }) => outputs.length > 1)
    .map(({ inputs, outputs }) => [inputs, outputs.toSorted()]);
  const of = (module: string, ...branches: string[]) =>
    branches.map((branch) => `inception_${module}_${branch}`);
  const reduces = ["3x3_reduce", "5x5_reduce"];
  assertEquals(joined, [
    [["pool2"], of("3a", "1x1", ...reduces)],
    [["inception_3a"], of("3b", "1x1", ...reduces)],
    [["inception_3b"], of("3c", ...reduces)],
    [["inception_3c"], of("4a", "1x1", ...reduces)],
    [["inception_4a"], of("4b", "1x1", ...reduces)],
    [["inception_4b"], of("4c", "1x1", ...reduces)],
    [["inception_4c"], of("4d", "1x1", ...reduces)],
    [["inception_4d"], of("4e", ...reduces)],
    [["inception_4e"], of("5a", "1x1", ...reduces)],
    [["inception_5a"], of("5b", "1x1", ...reduces)],
  ]);
  model.dispose();
});

Deno.test("planBackbone() has none where a convolution is frozen", () => {
  const model = createNN2({ embeddingSize: 4, seed: 1 });
  const layer = model.getLayer("inception_4a_3x3");
  layer.trainable = false;
  assert(!planBackbone(model));
  layer.trainable = true;
  assert(planBackbone(model));
  model.trainable = false;
  assert(!planBackbone(model));
  model.dispose();
});

Deno.test("planBackbone() joins no convolution with a stride, or of the images", () => {
  const input = tf.input({ shape: [8, 8, 2] });
  const branches = (x: tf.SymbolicTensor, strides: number) =>
    new ChannelConcatenation({}).apply(
      [1, 2].map((seed) =>
        new NormalizedConvolution({ filters: 3, kernelSize: 1, strides, seed })
          .apply(x) as tf.SymbolicTensor
      ),
    ) as tf.SymbolicTensor;
  const outputs = [1, 2, 1].reduce(branches, input);
  const { steps } = planBackbone(tf.model({ inputs: input, outputs }))!;
  assertEquals(steps.map(({ outputs }) => outputs.length), [
    ...[1, 1, 1], // of the images
    ...[1, 1, 1], // with a stride
    ...[2, 1],
  ]);
});

Deno.test("planBackbone() joins no convolutions that normalize differently", () => {
  const input = tf.input({ shape: [8, 8, 2] });
  const convolve = (x: tf.SymbolicTensor, epsilon: number) =>
    new NormalizedConvolution({ filters: 3, kernelSize: 1, epsilon, seed: 1 })
      .apply(x) as tf.SymbolicTensor;
  const x = convolve(input, 1e-3);
  const outputs = new ChannelConcatenation({}).apply(
    [1e-3, 1e-5, 1e-3].map((epsilon) => convolve(x, epsilon)),
  ) as tf.SymbolicTensor;
  const { steps } = planBackbone(tf.model({ inputs: input, outputs }))!;
  assertEquals(steps.map(({ outputs }) => outputs.length), [1, 2, 1, 1]);
});

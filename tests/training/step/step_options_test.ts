import * as tf from "@tensorflow/tfjs";
import { shown } from "../../../lib/numeric/refuse.ts";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { createAdam } from "../../../lib/training/step/adam.ts";
import {
  trainableVariables,
  trainStep,
} from "../../../lib/training/step/step.ts";
import { miningRules } from "../../../lib/triplets/miners/rules.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { smallNetwork } from "../small_network.ts";

const labels = [0, 0, 1, 1];

/** Trains once with changes; gives what it throws and whether anything moved. */
async function tryStep(
  changes: Record<string, unknown>,
  { rate = 1e-3 as unknown, of = labels as unknown } = {},
) {
  await useBackend("cpu");
  const model = smallNetwork();
  const optimizer = createAdam(trainableVariables(model));
  const images = tf.randomUniform<tf.Rank.R4>(
    [4, 28, 28, 1],
    0,
    1,
    "float32",
    1,
  );
  const training = { model, optimizer, rule: "semi-hard", margin: 0.2 };
  const values = () =>
    model.weights.map((weight) => weight.read().dataSync().slice());
  const before = values();
  const held = tf.memory().numTensors;
  let error: unknown;
  try {
    trainStep(
      { ...training, ...changes } as Parameters<typeof trainStep>[0],
      images,
      of as number[],
      rate as number,
    );
  } catch (caught) {
    error = caught;
  }
  assertEquals(tf.memory().numTensors, held);
  if (error) {
    assertEquals(values(), before);
    assertEquals(optimizer.state().steps, 0);
  }
  optimizer.dispose();
  model.dispose();
  images.dispose();
  return error as Error | undefined;
}

const odd = ["0.2", "cosin", NaN, Infinity, -1, null, [], {}, true, 1n];
const refused: Record<string, readonly unknown[]> = {
  rule: [...odd, "constructor", "__proto__", undefined],
  margin: [...odd, undefined],
  partSize: [...odd, 0, 0.5],
  random: ["1", 1, Math.random, {}, null],
};
for (const [name, values] of Object.entries(refused)) {
  Deno.test(`trainStep() refuses every ${name} that cannot be, and changes nothing`, async () => {
    for (const value of values) {
      const error = await tryStep({ [name]: value });
      assert(error instanceof RangeError, shown(value));
      assert(
        error.message.startsWith(
          `Cannot train on this batch: expected ${name} to be `,
        ) && error.message.endsWith(`, got ${shown(value)}`),
        error.message,
      );
    }
  });
}

Deno.test("trainStep() refuses parts of a batch that batch normalization sees whole", async () => {
  const error = await tryStep({ partSize: 2 });
  assert(error instanceof RangeError);
  assertEquals(
    error.message,
    "Cannot train on this batch: expected layers that need no other image, or no partSize, got the batch normalization norm",
  );
  assertEquals(await tryStep({ partSize: 4 }), undefined);
});

Deno.test("trainStep() refuses every rate that cannot be, and changes nothing", async () => {
  for (const rate of odd) {
    const error = await tryStep({}, { rate });
    assert(error instanceof RangeError, shown(rate));
    const expected = "expected learningRate to be a number of 0 or more";
    assert(error.message.includes(expected), error.message);
  }
  // A schedule ends with a rate of 0.
  assertEquals(await tryStep({}, { rate: 0 }), undefined);
});

Deno.test("trainStep() needs a stream for the rules that draw, before anything moves", async () => {
  const drawing = [
    "distance-weighted",
    "semi-hard-siamese-triplet",
    "semi-hard-facenet-on-mnist",
    "explicit",
  ];
  for (const rule of [...miningRules, "explicit"]) {
    const error = await tryStep({ rule });
    assertEquals(error instanceof RangeError, drawing.includes(rule), rule);
    assertEquals(await tryStep({ rule, random: createRandom(1) }), undefined);
  }
});

Deno.test("trainStep() refuses labels that are no classes, before anything moves", async () => {
  const cases = [
    [[0, 0, 1], "expected 4 labels for images of shape [4, 28, 28, 1], got 3"],
    [[0, 0, 0.2, 0.7], "whole numbers of 32 bits, got 0.2 at 2"],
    [["0", "0", "1", "1"], 'got "0" at 0'],
    [[0, 0, NaN, 1], "got NaN at 2"],
    [[0, 0, 2 ** 31, 1], "got 2147483648 at 2"],
    [BigInt64Array.of(0n, 0n, 1n, 1n), "got 0n at 0"],
    ["0011", 'labels to be a list, got "0011"'],
    [null, "expected 4 labels for images of shape [4, 28, 28, 1], got nothing"],
  ] as const;
  for (const [of, message] of cases) {
    const error = await tryStep({}, { of });
    assert(error instanceof RangeError, message);
    assert(error.message.includes(message), error.message);
  }
});

Deno.test("createAdam() refuses options that cannot be, and holds nothing", async () => {
  await tf.setBackend("cpu");
  const x = tf.variable(tf.tensor1d([3]));
  const held = tf.memory().numTensors;
  const cases: unknown[] = [
    ...[...odd, 1].flatMap((value) => [{ beta1: value }, { beta2: value }]),
    ...[...odd, 0, 1e-50].map((value) => ({ epsilon: value })),
    ...[{ beta_1: 0.9 }, { constructor: 1 }, null, "fast"],
  ];
  for (const options of cases) {
    assertThrows(
      () => createAdam({ x }, options as Parameters<typeof createAdam>[1]),
      RangeError,
      "Cannot create Adam: expected ",
    );
  }
  assertEquals(tf.memory().numTensors, held);
  x.dispose();
});

Deno.test("Adam.update() refuses rates that cannot be and keeps the weights", async () => {
  await tf.setBackend("cpu");
  const x = tf.variable(tf.tensor1d([3]));
  const adam = createAdam({ x });
  for (const rate of odd) {
    assertThrows(
      () => adam.update({ x: tf.tensor1d([1]) }, rate as number),
      RangeError,
      `expected learningRate to be a number of 0 or more, got ${shown(rate)}`,
    );
  }
  assertEquals([...x.dataSync(), adam.state().steps], [3, 0]);
  adam.dispose();
  x.dispose();
});

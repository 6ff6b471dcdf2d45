import * as tf from "@tensorflow/tfjs";
import { shown } from "../../../lib/numeric/refuse.ts";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { createAdam } from "../../../lib/training/optimizer/adam.ts";
import { trainStep } from "../../../lib/training/step/step.ts";
import { trainableVariables } from "../../../lib/training/step/training.ts";
import { minerNames } from "../../../lib/triplets/miners/miners.ts";
import { assert, assertEquals } from "../../assert.ts";
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
  const training = { model, optimizer, miner: "semi-hard", margin: 0.2 };
  const values = () =>
    model.weights.map((weight) => weight.read().dataSync().slice());
  const before = values();
  const held = tf.memory().numTensors;
  let error: unknown;
  try {
    await trainStep(
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
    assertEquals((await optimizer.state()).steps, 0);
  }
  optimizer.dispose();
  model.dispose();
  images.dispose();
  return error as Error | undefined;
}

const odd = ["0.2", "cosin", NaN, Infinity, -1, null, [], {}, true, 1n];
const refused: Record<string, readonly unknown[]> = {
  miner: [...odd, "constructor", "__proto__", undefined],
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

Deno.test("trainStep() needs a stream for the miners that draw, before anything moves", async () => {
  const drawing = [
    "distance-weighted",
    "semi-hard-siamese-triplet",
    "semi-hard-facenet-on-mnist",
    "explicit",
  ];
  for (const miner of minerNames) {
    const error = await tryStep({ miner });
    assertEquals(error instanceof RangeError, drawing.includes(miner), miner);
    assertEquals(await tryStep({ miner, random: createRandom(1) }), undefined);
  }
});

Deno.test("trainStep() takes a miner by the former name of the option, and shows embeddings", async () => {
  const shown: number[][] = [];
  const watch = ({ shape }: tf.Tensor2D) => void shown.push(shape);
  const former = { miner: undefined, rule: "batch-hard", watch };
  assertEquals(await tryStep(former), undefined);
  assertEquals(shown, [[4, 8]]);
  const both = await tryStep({ ...former, miner: "semi-hard" });
  assertEquals(
    both?.message,
    'Cannot train on this batch: expected miner and its former name, rule, to be the same, got "semi-hard" and "batch-hard"',
  );
  const error = await tryStep({ ...former, rule: "hardest" });
  assert(error instanceof RangeError && error.message.includes('"hardest"'));
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

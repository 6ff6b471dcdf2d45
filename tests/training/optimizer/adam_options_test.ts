import * as tf from "@tensorflow/tfjs";
import { shown } from "../../../lib/numeric/refuse.ts";
import { createAdam } from "../../../lib/training/optimizer/adam.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const odd = ["0.2", "cosin", NaN, Infinity, -1, null, [], {}, true, 1n];

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
  assertEquals([...x.dataSync(), (await adam.state()).steps], [3, 0]);
  adam.dispose();
  x.dispose();
});

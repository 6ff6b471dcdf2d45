import * as tf from "@tensorflow/tfjs";
import { namedWeights, setNamedWeights } from "../../lib/nn2/weights.ts";
import { assertEquals, assertThrows } from "../assert.ts";

await tf.setBackend("cpu");

function createTinyModel(units = 2): tf.LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.dense({ name: "first", units: 3, inputShape: [4] }),
      tf.layers.batchNormalization({ name: "norm" }),
      tf.layers.dense({ name: "last", units, useBias: false }),
    ],
  });
}

const NAMES = [
  "first/kernel",
  "first/bias",
  "norm/gamma",
  "norm/beta",
  "norm/moving_mean",
  "norm/moving_variance",
  "last/kernel",
];

function assertRefused(
  weights: Record<string, tf.Tensor>,
  message: string,
): void {
  const model = createTinyModel();
  const values = () => model.getWeights().map((w) => [...w.dataSync()]);
  const before = values();
  assertThrows(() => setNamedWeights(model, weights), RangeError, message);
  assertEquals(values(), before);
  model.dispose();
}

Deno.test("namedWeights() names the variables alike for each model, in order", () => {
  const models = [createTinyModel(), createTinyModel()];
  for (const model of models) {
    const weights = namedWeights(model);
    assertEquals(Object.keys(weights), NAMES);
    assertEquals(
      Object.values(weights).map((weight) => weight.trainable),
      [true, true, true, true, false, false, true],
    );
    model.dispose();
  }
});

Deno.test("setNamedWeights() copies the weights of one model to another", () => {
  const [from, to] = [createTinyModel(), createTinyModel()];
  setNamedWeights(to, namedWeights(from));
  const expected = from.getWeights().map((weight) => [...weight.dataSync()]);
  from.dispose();
  assertEquals(to.getWeights().map((w) => [...w.dataSync()]), expected);
  to.dispose();
});

Deno.test("setNamedWeights() leaves the tensors that it was given, and no others", () => {
  const model = createTinyModel();
  const given = tf.tidy(() =>
    Object.fromEntries(
      Object.entries(namedWeights(model)).map(([name, weight]) => [
        name,
        tf.onesLike(weight),
      ]),
    )
  );
  const before = tf.memory();
  setNamedWeights(model, given);
  const { numTensors, numDataBuffers } = tf.memory();
  assertEquals(
    [numTensors, numDataBuffers],
    [before.numTensors, before.numDataBuffers],
  );
  tf.dispose(given);
  model.dispose();
});

Deno.test("setNamedWeights() names the first weight of another shape, and changes none", () => {
  const other = createTinyModel(5);
  assertRefused(
    namedWeights(other),
    "expected last/kernel as float32 [3,2], got float32 [3,5]",
  );
  other.dispose();
});

Deno.test("setNamedWeights() names the first weight that is missing or too many", () => {
  const other = createTinyModel();
  const { "first/bias": bias, ...rest } = namedWeights(other);
  assertRefused(rest, "expected first/bias as float32 [3], got none");
  assertRefused(
    { ...namedWeights(other), "more/bias": bias! },
    "expected no more/bias, got one",
  );
  other.dispose();
});

Deno.test("setNamedWeights() refuses another type of number", () => {
  const other = createTinyModel();
  const bias = tf.zeros([3], "int32");
  assertRefused(
    { ...namedWeights(other), "first/bias": bias },
    "expected first/bias as float32 [3], got int32 [3]",
  );
  bias.dispose();
  other.dispose();
});

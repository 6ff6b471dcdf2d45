import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { renewStatistics } from "../../../lib/training/step/renew_statistics.ts";
import { resumableSteps } from "../../../lib/training/run/resumable_steps.ts";
import type { Settings } from "../../../lib/training/settings/schema.ts";
import { settle } from "../../../lib/training/settings/settings.ts";
import { trainingSteps } from "../../../lib/training/run/steps.ts";
import { assertEquals, assertRejects, assertThrows } from "../../assert.ts";
import { inFolder, namesIn } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";
import { stripes } from "../digits.ts";
import { smallNetwork } from "../small_network.ts";

const digits = stripes(44, 3, 1);
const small = { classesPerBatch: 2, imagesPerClass: 4, steps: 2 };

interface Wrong {
  create: () => tf.LayersModel;
  settings: Settings;
  dataset?: typeof digits;
  expected: string;
}

const wrong: Record<string, Wrong> = {
  "a network of 28 with settings of 224": {
    create: () => createNN2({ embeddingSize: 4, seed: 1 }),
    settings: settle("quick", { ...small, inputSize: 224 }),
    expected:
      "expected images of shape [any, 28, 28, 1], got [batch, 224, 224, 3]",
  },
  "a network of 224 with settings of 28": {
    create: () => createNN2({ inputSize: 224, embeddingSize: 4, seed: 1 }),
    settings: settle("quick", small),
    expected:
      "expected images of shape [any, 224, 224, 3], got [batch, 28, 28, 1]",
  },
  "a network with 3 channels and grey images": {
    create: () => smallNetwork({ channels: 3 }),
    settings: settle("quick", small),
    expected:
      "expected images of shape [any, 28, 28, 3], got [batch, 28, 28, 1]",
  },
  "a network of 14": {
    create: () => smallNetwork({ height: 14 }),
    settings: settle("quick", small),
    expected:
      "expected images of shape [any, 14, 14, 1], got [batch, 28, 28, 1]",
  },
  "a network that takes rows": {
    create: () =>
      tf.sequential({
        layers: [tf.layers.dense({ inputShape: [784], units: 3 })],
      }),
    settings: settle("quick", small),
    expected: "expected images of shape [any, 784], got [batch, 28, 28, 1]",
  },
  "images of other sizes": {
    create: () => smallNetwork(),
    settings: settle("quick", small),
    dataset: { ...digits, height: 14, width: 56 },
    expected: "expected images of 28×28 pixels for inputSize 28, got 14×56",
  },
};

for (
  const [name, { create, settings, dataset = digits, expected }] of Object
    .entries(wrong)
) {
  const weightsOf = (model: tf.LayersModel) =>
    model.weights.map((weight) => weight.read().dataSync().slice());

  Deno.test(`trainingSteps() and renewStatistics() refuse ${name} before any work`, async () => {
    await useBackend("wasm");
    const model = create();
    const before = weightsOf(model);
    const random = createRandom(1);
    const { numTensors } = tf.memory();
    await assertRejects(
      () => trainingSteps(model, dataset, settings, random).next(),
      RangeError,
      expected,
    );
    assertThrows(
      () => renewStatistics(model, dataset, settings, random),
      RangeError,
      expected,
    );
    assertEquals(tf.memory().numTensors, numTensors);
    assertEquals(weightsOf(model), before);
    // Not even a batch was drawn.
    assertEquals(random.state(), createRandom(1).state());
    model.dispose();
  });

  permittedTest(
    `resumableSteps() refuses ${name} and writes nothing`,
    ["read", "write"],
    () =>
      inFolder(async (folder) => {
        await useBackend("wasm");
        const model = create();
        const { numTensors } = tf.memory();
        const random = createRandom(1);
        const run = resumableSteps(model, dataset, settings, random, {
          folder,
        });
        await assertRejects(() => run.next(), RangeError, expected);
        assertEquals(tf.memory().numTensors, numTensors);
        assertEquals(await namesIn(folder), []);
        model.dispose();
      }),
  );
}

Deno.test("trainingSteps() trains where the sizes fit", async () => {
  await useBackend("wasm");
  const model = smallNetwork();
  let steps = 0;
  const settings = settle("quick", small);
  for await (
    const { step } of trainingSteps(model, digits, settings, createRandom(1))
  ) steps = step;
  assertEquals(steps, 2);
  model.dispose();
});

import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { namedWeights } from "../../../lib/nn2/weights.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { trainingSteps } from "../../../lib/training/run/steps.ts";
import {
  resolveSettings,
  settle,
} from "../../../lib/training/settings/settings.ts";
import type {
  Settings,
  SettingsByRule,
} from "../../../lib/training/settings/schema.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { stripes } from "../digits.ts";

const small = { classesPerBatch: 2, imagesPerClass: 3, embeddingSize: 8 };

async function weightsAfter(
  steps: number,
  seed: number,
  settings: Settings | SettingsByRule = resolveSettings("quick", {
    ...small,
    steps,
  }),
) {
  await useBackend("wasm");
  const model = createNN2({ embeddingSize: 8, seed });
  const run = trainingSteps(
    model,
    stripes(40, 2, 1),
    settings,
    createRandom(seed),
  );
  const losses = [];
  for await (const { loss } of run) losses.push(loss);
  const weights = Object.values(namedWeights(model)).map((variable) =>
    variable.dataSync().slice()
  );
  model.dispose();
  return { weights, losses };
}

Deno.test("trainingSteps() gives the same weights for the same seed", async () => {
  const first = await weightsAfter(3, 5);
  assertEquals(first.losses.length, 3);
  assertEquals(await weightsAfter(3, 5), first);
  assert((await weightsAfter(3, 6)).losses[0] !== first.losses[0]);
});

Deno.test("trainingSteps() takes settings with the miner as rule, changed or not", async () => {
  const semiHard = settle("quick", { ...small, steps: 1 });
  assertEquals(await weightsAfter(1, 5, semiHard), await weightsAfter(1, 5));
  const changes = { ...small, steps: 1, miner: "batch-all" } as const;
  assertEquals(
    await weightsAfter(1, 5, { ...semiHard, rule: "batch-all" }),
    await weightsAfter(1, 5, resolveSettings("quick", changes)),
  );
});

Deno.test("trainingSteps() can be left at any step and frees its state", async () => {
  await useBackend("wasm");
  const model = createNN2({ embeddingSize: 8, seed: 1 });
  const settings = resolveSettings("quick", { ...small, epochs: 100 });
  const held = tf.memory().numTensors;
  const run = trainingSteps(
    model,
    stripes(40, 2, 1),
    settings,
    createRandom(1),
  );
  for await (const { step, imagesSeen, progress } of run) {
    assertEquals(imagesSeen, 6 * step);
    assert(progress > 0 && progress < 1);
    if (step === 2) break;
  }
  assertEquals(tf.memory().numTensors, held);
  model.dispose();
});

Deno.test("trainingSteps() takes as many classes in a batch as there are, and no more", async () => {
  await useBackend("wasm");
  const letters = stripes(78, 26, 1);
  const model = createNN2({ embeddingSize: 4, seed: 1 });
  const held = tf.memory().numTensors;
  const firstStep = async (classesPerBatch: number) => {
    const sizes = { classesPerBatch, imagesPerClass: 2 };
    const settings = resolveSettings("quick", sizes);
    const run = trainingSteps(model, letters, settings, createRandom(1));
    for await (const { imagesSeen } of run) return imagesSeen;
  };
  assertEquals(await firstStep(26), 52);
  await assertRejects(
    () => firstStep(27),
    RangeError,
    "Cannot make balanced batches: expected classesPerBatch of at most 26, the classes there are, got 27",
  );
  assertEquals(tf.memory().numTensors, held);
  model.dispose();
});

import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { createNN2 } from "../../lib/nn2/model.ts";
import { namedWeights } from "../../lib/nn2/weights.ts";
import { createRandom } from "../../lib/numeric/random.ts";
import { settle } from "../../lib/training/settings/settings.ts";
import { trainingSteps } from "../../lib/training/run/steps.ts";
import { train } from "../../lib/experiment/train.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { stripes } from "../training/digits.ts";

const small = { classesPerBatch: 2, imagesPerClass: 3, embeddingSize: 8 };

async function weightsAfter(steps: number, seed: number) {
  await useBackend("wasm");
  const model = createNN2({ embeddingSize: 8, seed });
  const settings = settle("quick", { ...small, steps });
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

Deno.test("trainingSteps() can be left at any step and frees its state", async () => {
  await useBackend("wasm");
  const model = createNN2({ embeddingSize: 8, seed: 1 });
  const settings = settle("quick", { ...small, epochs: 100 });
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

Deno.test("train() trains, measures and evaluates on the test images", async () => {
  const data = { train: stripes(264, 2, 1), test: stripes(30, 2, 2) };
  const heard = { steps: 0, validations: 0, evaluated: 0 };
  const result = await train({
    ...small,
    data,
    steps: 4,
    validateEvery: 3,
    validationImages: 10,
    onStep: () => void heard.steps++,
    onValidation: () => void heard.validations++,
    onEvaluation: (done) => void (heard.evaluated = done),
  });
  assertEquals(result.steps.map(({ step }) => step), [1, 2, 3, 4]);
  assertEquals(result.validations.map(({ step }) => step), [3, 4]);
  assertEquals([heard.steps, heard.validations], [4, 2]);
  assert(heard.evaluated > 30);
  assertEquals(result.reports.trained.testImages, 30);
  assertEquals(result.reports.rawPixels.accuracy, 1);
  assertEquals(result.settings.embeddingSize, 8);
  result.model.dispose();
});

Deno.test("train() measures validation images in the course, test images at the end", async () => {
  const test = stripes(20, 2, 2);
  // With every label wrong, what is right elsewhere is wrong on test images.
  test.labels = test.labels.map((label) => 1 - label);
  const { validations, reports, model } = await train({
    ...small,
    data: { train: stripes(264, 2, 1), test },
    steps: 3,
    validateEvery: 3,
  });
  assert(validations[0]!.accuracy > 0.7, `${validations[0]!.accuracy}`);
  assert(reports.trained.accuracy < 0.3, `${reports.trained.accuracy}`);
  assertEquals(reports.rawPixels.accuracy, 0);
  model.dispose();
});

Deno.test("train() refuses too few images for centroids before it trains", async () => {
  const data = { train: stripes(200, 2, 1), test: stripes(4, 2, 2) };
  let steps = 0;
  await assertRejects(
    () => train({ ...small, data, steps: 2, onStep: () => void steps++ }),
    RangeError,
    "100",
  );
  assertEquals(steps, 0);
});

Deno.test("train() ends with its signal's reason, after the running step", async () => {
  const data = { train: stripes(264, 2, 1), test: stripes(4, 2, 2) };
  const controller = new AbortController();
  const reason = new Error("enough");
  const steps: number[] = [];
  const held = tf.memory().numTensors;
  await assertRejects(
    () =>
      train({
        ...small,
        data,
        steps: 100,
        validateEvery: 1,
        signal: controller.signal,
        onStep({ step }) {
          steps.push(step);
          if (step === 2) controller.abort(reason);
        },
        onTrained: () => void steps.push(NaN),
      }),
    Error,
    "enough",
  );
  assertEquals(steps, [1, 2]);
  assertEquals(tf.memory().numTensors, held);
});

Deno.test("trainingSteps() takes as many classes in a batch as there are, and no more", async () => {
  await useBackend("wasm");
  const letters = stripes(78, 26, 1);
  const model = createNN2({ embeddingSize: 4, seed: 1 });
  const held = tf.memory().numTensors;
  const firstStep = async (classesPerBatch: number) => {
    const sizes = { classesPerBatch, imagesPerClass: 2 };
    const settings = settle("quick", sizes);
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

Deno.test("train() refuses batches that the digits cannot fill", async () => {
  const data = { train: stripes(264, 2, 1), test: stripes(4, 2, 2) };
  await assertRejects(
    () => train({ data, steps: 1, classesPerBatch: 2, imagesPerClass: 140 }),
    RangeError,
    "imagesPerClass = 140",
  );
  await assertRejects(
    () => train({ data, steps: 1, classesPerBatch: 3, imagesPerClass: 2 }),
    RangeError,
    "classesPerBatch of at most 2",
  );
});

Deno.test("train() follows the original's recipe with the preset seed", async () => {
  const data = { train: stripes(720, 6, 1), test: stripes(6, 6, 2) };
  const enough = new Error("enough");
  for (const changes of [{}, { inputSize: 224, imagesPerClass: 2 } as const]) {
    const images: number[] = [];
    await assertRejects(
      () =>
        train({
          preset: "seed",
          data,
          steps: 1,
          validateEvery: 0,
          ...changes,
          onStep: ({ imagesSeen, learningRate }) =>
            void images.push(imagesSeen, learningRate),
          onTrained(model, settings) {
            const values = model.inputs[0]!.shape.slice(1);
            const { inputSize } = settings;
            const channels = inputSize === 28 ? 1 : 3;
            assertEquals(values, [inputSize, inputSize, channels]);
            assertEquals(model.outputs[0]!.shape, [null, 4]);
            throw enough;
          },
        }),
      Error,
      "enough",
    );
    assertEquals(images, ["inputSize" in changes ? 12 : 60, 1e-3]);
  }
});

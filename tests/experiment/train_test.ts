import * as tf from "@tensorflow/tfjs";
import { train } from "../../lib/experiment/train.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { stripes } from "../training/digits.ts";

const small = { classesPerBatch: 2, imagesPerClass: 3, embeddingSize: 8 };

Deno.test("train() trains, measures and evaluates on the test images", async () => {
  const data = { train: stripes(264, 2, 1), test: stripes(30, 2, 2) };
  const heard = { steps: 0, validations: 0, evaluated: 0 };
  const result = await train({
    settings: { ...small, steps: 4, validateEvery: 3, validationImages: 10 },
    data,
    on: {
      step: () => void heard.steps++,
      validation: () => void heard.validations++,
      evaluation: (done) => void (heard.evaluated = done),
    },
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
    settings: { ...small, steps: 3, validateEvery: 3 },
    data: { train: stripes(264, 2, 1), test },
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
    () =>
      train({
        settings: { ...small, steps: 2 },
        data,
        on: { step: () => void steps++ },
      }),
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
        settings: { ...small, steps: 100, validateEvery: 1 },
        data,
        signal: controller.signal,
        on: {
          step({ step }) {
            steps.push(step);
            if (step === 2) controller.abort(reason);
          },
          trained: () => void steps.push(NaN),
        },
      }),
    Error,
    "enough",
  );
  assertEquals(steps, [1, 2]);
  assertEquals(tf.memory().numTensors, held);
});

Deno.test("train() refuses batches that the digits cannot fill", async () => {
  const one = { steps: 1, classesPerBatch: 2, imagesPerClass: 2 };
  const data = { train: stripes(264, 2, 1), test: stripes(4, 2, 2) };
  await assertRejects(
    () => train({ data, settings: { ...one, imagesPerClass: 140 } }),
    RangeError,
    "imagesPerClass = 140",
  );
  await assertRejects(
    () => train({ data, settings: { ...one, classesPerBatch: 3 } }),
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
          settings: { steps: 1, validateEvery: 0, ...changes },
          on: {
            step: ({ imagesSeen, learningRate }) =>
              void images.push(imagesSeen, learningRate),
            trained(model, settings) {
              const values = model.inputs[0]!.shape.slice(1);
              const { inputSize } = settings;
              const channels = inputSize === 28 ? 1 : 3;
              assertEquals(values, [inputSize, inputSize, channels]);
              assertEquals(model.outputs[0]!.shape, [null, 4]);
              throw enough;
            },
          },
        }),
      Error,
      "enough",
    );
    assertEquals(images, ["inputSize" in changes ? 12 : 60, 1e-3]);
  }
});

Deno.test("train() trains the same by options of before, beside each other", async () => {
  const data = { train: stripes(264, 2, 1), test: stripes(4, 2, 2) };
  const settings = { ...small, steps: 2, validateEvery: 1 };
  const heard: string[] = [];
  const now = await train({
    data,
    settings: { ...settings, miner: "batch-hard" },
    on: { step: () => heard.push("step") },
  });
  const before = await train({
    data,
    ...settings,
    rule: "batch-hard",
    onStep: () => void heard.push("onStep"),
  });
  const losses = ({ steps }: typeof now) => steps.map(({ loss }) => loss);
  assertEquals(losses(before), losses(now));
  assertEquals(before.settings, now.settings);
  assertEquals(before.validations.length, 2);
  assertEquals(heard, ["step", "step", "onStep", "onStep"]);
  before.model.dispose();
  now.model.dispose();
});

Deno.test("train() takes Adam's decays and epsilon from the settings", async () => {
  const data = { train: stripes(264, 2, 1), test: stripes(4, 2, 2) };
  const losses = async (adam: object) => {
    const settings = { ...small, steps: 3, validateEvery: 0, ...adam };
    const { steps, model } = await train({ data, settings });
    model.dispose();
    return steps.map(({ loss }) => loss);
  };
  const usual = await losses({});
  const same = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  assertEquals(await losses(same), usual);
  for (const other of [{ beta1: 0.1 }, { beta2: 0.5 }, { epsilon: 1 }]) {
    const [first, , last] = await losses(other);
    // The first update comes after the first loss.
    assertEquals(first, usual[0]);
    assert(last !== usual[2], JSON.stringify(other));
  }
});

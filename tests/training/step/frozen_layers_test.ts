import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { NormalizedConvolution } from "../../../lib/nn2/layers/normalized_convolution.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { createAdam } from "../../../lib/training/optimizer/adam.ts";
import { renewStatistics } from "../../../lib/training/step/renew_statistics.ts";
import { resumableSteps } from "../../../lib/training/run/resumable_steps.ts";
import { settle } from "../../../lib/training/settings/settings.ts";
import { trainStep } from "../../../lib/training/step/step.ts";
import { trainableVariables } from "../../../lib/training/step/training.ts";
import {
  copyWeights,
  pasteWeights,
} from "../../../lib/training/weights/stored_weights.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { inFolder } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";
import { stripes } from "../digits.ts";

const labels = [0, 0, 0, 0, 1, 1, 1, 1];

function images(): tf.Tensor4D {
  return tf.randomUniform([8, 28, 28, 1], 0, 1, "float32", 7);
}

/** Freezes some layers; returns the names of their weights. */
function freeze(model: tf.LayersModel, last: number): Set<string> {
  const frozen = model.layers.slice(0, last);
  for (const layer of frozen) layer.trainable = false;
  return new Set(
    frozen.flatMap(({ weights }) => weights.map((w) => w.originalName)),
  );
}

/** Trains a network for some steps, and tells which of its weights changed. */
async function changedBySteps(
  model: tf.LayersModel,
  steps = 2,
): Promise<Set<string>> {
  const before = await copyWeights(model);
  const optimizer = createAdam(trainableVariables(model));
  const batch = images();
  for (let i = 0; i < steps; i++) {
    await trainStep(
      { model, optimizer, miner: "batch-all", margin: 0.2 },
      batch,
      labels,
      1e-3,
    );
  }
  tf.dispose(batch);
  optimizer.dispose();
  return changes(before, await copyWeights(model));
}

type Weights = Awaited<ReturnType<typeof copyWeights>>;

function changes(before: Weights, after: Weights): Set<string> {
  return new Set(
    Object.keys(before).filter((name) =>
      before[name]!.data.some((value, i) => value !== after[name]!.data[i])
    ),
  );
}

/** Half of NN2's layers, the rest of which trains on. */
const half = 40;

Deno.test("trainStep() leaves the weights and statistics of frozen layers as they are", async () => {
  await useBackend("wasm");
  const model = createNN2({ embeddingSize: 8, seed: 1 });
  const frozen = freeze(model, half);
  const changed = await changedBySteps(model);
  assertEquals([...changed].filter((name) => frozen.has(name)), []);
  const moving = Object.keys(await copyWeights(model)).filter((name) =>
    name.includes("moving")
  );
  for (const name of moving) assertEquals(changed.has(name), !frozen.has(name));
  model.dispose();
});

Deno.test("trainStep() moves no statistic where all but the last layers are frozen", async () => {
  await useBackend("wasm");
  const model = createNN2({ embeddingSize: 8, seed: 1 });
  freeze(model, model.layers.length - 2);
  const changed = [...await changedBySteps(model, 1)];
  assert(changed.length > 0);
  assert(changed.every((name) => !name.includes("moving")), changed.join());
  model.dispose();
});

Deno.test("trainStep() refuses a model that is frozen whole", async () => {
  await useBackend("wasm");
  const model = createNN2({ embeddingSize: 8, seed: 1 });
  const before = await copyWeights(model);
  model.trainable = false;
  await assertRejects(
    () => changedBySteps(model, 1),
    RangeError,
    "Cannot train on this batch: expected a model with weights to train, got one that is frozen",
  );
  assertEquals(changes(before, await copyWeights(model)), new Set());
  model.dispose();
});

for (const later of ["frozen", "no longer frozen"]) {
  Deno.test(`trainStep() refuses layers that are ${later} since the optimizer was made, and changes nothing`, async () => {
    await useBackend("wasm");
    const model = createNN2({ embeddingSize: 8, seed: 1 });
    if (later !== "frozen") freeze(model, half);
    const optimizer = createAdam(trainableVariables(model));
    if (later === "frozen") freeze(model, half);
    else model.layers.forEach((layer) => layer.trainable = true);
    const before = await copyWeights(model);
    const batch = images();
    const tensors = tf.memory().numTensors;
    await assertRejects(
      () =>
        trainStep(
          { model, optimizer, miner: "batch-all", margin: 0.2 },
          batch,
          labels,
          1e-3,
        ),
      RangeError,
      `expected the layers that were frozen when the optimizer was made, got conv1/kernel`,
    );
    assertEquals(tf.memory().numTensors, tensors);
    assertEquals(changes(before, await copyWeights(model)), new Set());
    tf.dispose(batch);
    optimizer.dispose();
    model.dispose();
  });
}

Deno.test("NormalizedConvolution trains again once it is no longer frozen", async () => {
  await useBackend("wasm");
  const model = createNN2({ embeddingSize: 8, seed: 1 });
  const twin = createNN2({ embeddingSize: 8, seed: 1 });
  freeze(model, half);
  for (const layer of model.layers) layer.trainable = true;
  assertEquals(await changedBySteps(model, 1), await changedBySteps(twin, 1));
  assertEquals(
    changes(await copyWeights(model), await copyWeights(twin)),
    new Set(),
  );
  model.dispose();
  twin.dispose();
});

Deno.test("a frozen NormalizedConvolution passes gradients on to what is before it", async () => {
  await tf.setBackend("cpu");
  const layer = new NormalizedConvolution({
    filters: 3,
    kernelSize: 3,
    seed: 1,
  });
  const x = tf.randomNormal([2, 4, 4, 2], 0, 1, "float32", 3);
  layer.apply(x);
  layer.trainable = false;
  const [training, inference] = [true, false].map((training) =>
    tf.grad((x) => layer.apply(x, { training }) as tf.Tensor)(x).dataSync()
  );
  assertEquals(training, inference);
  assert(training!.some((value) => value !== 0));
});

Deno.test("copyWeights() and pasteWeights() go by names, whatever is frozen", async () => {
  await useBackend("wasm");
  const model = createNN2({ embeddingSize: 8, seed: 1 });
  const before = await copyWeights(model);
  freeze(model, half);
  assertEquals(Object.keys(await copyWeights(model)), Object.keys(before));
  const other = createNN2({ embeddingSize: 8, seed: 2 });
  pasteWeights(other, await copyWeights(model));
  assertEquals(await copyWeights(other), before);
  model.dispose();
  other.dispose();
});

Deno.test("renewStatistics() leaves those of frozen layers", async () => {
  await useBackend("wasm");
  const convolution = (seed: number) =>
    new NormalizedConvolution({ filters: 2, kernelSize: 3, strides: 4, seed });
  const input = tf.input({ shape: [28, 28, 1] });
  const outputs = [1, 2].reduce(
    (x, seed) => convolution(seed).apply(x) as tf.SymbolicTensor,
    input,
  );
  const model = tf.model({ inputs: input, outputs });
  const frozen = freeze(model, 2);
  const before = await copyWeights(model);
  renewStatistics(
    model,
    stripes(8, 2, 1),
    { inputSize: 28, binarize: false },
    createRandom(1),
  );
  const changed = [...changes(before, await copyWeights(model))];
  assert(changed.length > 0);
  assertEquals(changed.filter((name) => frozen.has(name)), []);
  model.dispose();
});

permittedTest(
  "resumableSteps() goes on with frozen layers to the same bits",
  ["read", "write"],
  async () => {
    await useBackend("wasm");
    const settings = settle("quick", {
      classesPerBatch: 2,
      imagesPerClass: 4,
      steps: 3,
    });
    const run = async (folder: string, stops: number[]) => {
      let weights: Weights | undefined;
      for (const stop of stops) {
        const model = createNN2({ embeddingSize: 8, seed: 1 });
        freeze(model, half);
        const steps = resumableSteps(
          model,
          stripes(44, 3, 1),
          settings,
          createRandom(1),
          { folder },
        );
        for await (const { step } of steps) if (step === stop) break;
        weights = await copyWeights(model);
        model.dispose();
      }
      return weights;
    };
    await inFolder(async (whole) => {
      await inFolder(async (resumed) => {
        assertEquals(await run(resumed, [1, 3]), await run(whole, [3]));
      });
    });
  },
);

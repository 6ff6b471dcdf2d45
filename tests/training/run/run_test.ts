import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import type { Dataset } from "../../../lib/digits/dataset.ts";
import { leaveOutClasses } from "../../../lib/digits/leave_out.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import {
  decodeCheckpoint,
  encodeCheckpoint,
} from "../../../lib/training/checkpoint/checkpoint.ts";
import { createRun } from "../../../lib/training/run/run.ts";
import type { RunOptions } from "../../../lib/training/run/start.ts";
import type { RunState } from "../../../lib/training/checkpoint/run_state.ts";
import { resolveSettings } from "../../../lib/training/settings/settings.ts";
import {
  assert,
  assertEquals,
  assertRejects,
  assertThrows,
} from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { bitsOf } from "../bits.ts";
import { stripes } from "../digits.ts";
import { smallNetwork } from "../small_network.ts";

const small = {
  classesPerBatch: 2,
  imagesPerClass: 4,
  warmUpSteps: 3,
} as const;

const dataset = stripes(44, 3, 1);

/** What comes back from a file. */
function kept(state: RunState): RunState {
  const others = {
    settings: resolveSettings("quick", {}),
    images: 1,
    validations: [],
  };
  return decodeCheckpoint(encodeCheckpoint({ ...state, ...others }));
}

/** Trains for some steps, in a network of its own, and gives the state. */
async function stateAfter(
  steps: number,
  { network, ...options }:
    & Pick<RunOptions, "settings" | "from">
    & { network: (seed: number) => tf.LayersModel },
): Promise<RunState> {
  const seed = options.from ? 99 : 1;
  const model = network(seed);
  const run = createRun({
    model,
    dataset,
    random: createRandom(seed),
    ...options,
  });
  while (run.steps.length < steps) await run.next();
  const state = await run.state();
  run.dispose();
  model.dispose();
  return state;
}

for (const backend of ["cpu", "wasm"] as const) {
  for (const miner of ["semi-hard", "explicit"] as const) {
    Deno.test(`createRun() goes on from its state to the last bit, ${miner} on ${backend}`, async () => {
      await useBackend(backend);
      const settings = resolveSettings("quick", { ...small, miner, steps: 20 });
      const network = (seed: number) => smallNetwork({ seed });
      const whole = await stateAfter(12, { settings, network });
      let from: RunState | undefined;
      for (const steps of [1, 2, 7, 12]) {
        from = kept(await stateAfter(steps, { settings, network, from }));
      }
      assertEquals(bitsOf(from!), bitsOf(whole));
    });
  }
}

for (const threads of [1, 3]) {
  permittedTest(
    `createRun() continues NN2 to the last bit, from ${threads} to ${
      threads + 1
    } threads`,
    ["read"],
    async () => {
      await useBackend("wasm");
      const settings = resolveSettings("quick", {
        ...small,
        augmentation: "elastic",
        threads,
        steps: 9,
      });
      const network = (seed: number) => createNN2({ embeddingSize: 4, seed });
      const whole = await stateAfter(2, { settings, network });
      const half = kept(await stateAfter(1, { settings, network }));
      const more = { ...settings, threads: threads + 1 };
      const both = await stateAfter(2, { settings: more, network, from: half });
      assertEquals(bitsOf(both), bitsOf(whole));
    },
  );
}

Deno.test("createRun() draws no image of a class that is left out", async () => {
  await useBackend("cpu");
  const changes = { ...small, classesPerBatch: 2, steps: 3 };
  const known = leaveOutClasses(dataset, [1]);
  const losses = async (images: Dataset, leaveOut: number[]) => {
    const settings = resolveSettings("quick", { ...changes, leaveOut });
    const model = smallNetwork({ seed: 1 });
    const random = createRandom(1);
    const run = createRun({ model, dataset: images, settings, random });
    while (run.progress() < 1) await run.next();
    run.dispose();
    model.dispose();
    return run.steps.map(({ loss }) => loss);
  };
  const expected = await losses(known, []);
  assertEquals(await losses(dataset, [1]), expected);
  assert((await losses(dataset, [])).join() !== expected.join());
});

Deno.test("createRun() goes on counting seconds", async () => {
  await useBackend("cpu");
  const model = smallNetwork();
  const settings = resolveSettings("quick", {
    ...small,
    seconds: 1000,
    learningRate: 1e-3,
  });
  const options = { model, dataset, settings, random: createRandom(1) };
  const run = createRun(options);
  await run.next();
  const from = await run.state();
  from.steps[0]!.seconds = 500;
  const held = tf.memory().numTensors;
  const later = createRun({ ...options, from });
  assertEquals(later.progress(), 0.5);
  const { seconds, progress, learningRate, imagesSeen, step } = await later
    .next();
  assert(seconds > 500 && seconds < 600, `${seconds}`);
  assertEquals(progress, seconds / 1000);
  // In the middle of the cosine, and the second of three steps of warm-up.
  assert(Math.abs(learningRate - 1e-3 / 2 * 2 / 3) < 1e-12, `${learningRate}`);
  assertEquals([step, imagesSeen], [2, 16]);
  later.dispose();
  assertEquals(tf.memory().numTensors, held);
  run.dispose();
  model.dispose();
});

Deno.test("createRun() refuses the state of another network and keeps the weights", async () => {
  await useBackend("cpu");
  const settings = resolveSettings("quick", { ...small, steps: 9 });
  const network = () => smallNetwork({ units: 4 });
  const from = await stateAfter(1, { settings, network });
  const model = smallNetwork();
  const before = model.getWeights().map((weight) => weight.dataSync().slice());
  assertThrows(
    () =>
      createRun({ model, dataset, settings, random: createRandom(1), from }),
    RangeError,
    "expected hidden/kernel as float32 [49,16], got float32 [49,4]",
  );
  assertEquals(model.getWeights().map((weight) => weight.dataSync()), before);
  model.dispose();
});

Deno.test("createRun() notices NaN among the weights, which the loss hides", async () => {
  await useBackend("wasm");
  const model = smallNetwork();
  const settings = resolveSettings("quick", { ...small, steps: 99 });
  const run = createRun({
    model,
    dataset,
    settings,
    random: createRandom(1),
  });
  const moving = model.getLayer("norm").weights[2]!;
  const poison = () => moving.write(tf.fill([16], NaN));
  await run.next();
  poison();
  await assertRejects(
    () => run.state(),
    RangeError,
    "Cannot go on after step 1: expected finite weights, got NaN in norm/moving_mean. The weights have diverged: begin anew with a lower learning rate",
  );
  moving.write(tf.zeros([16]));
  while (run.steps.length < 49) await run.next();
  poison();
  await assertRejects(
    () => run.next(),
    RangeError,
    "Cannot go on after step 50: expected finite weights, got NaN in norm/",
  );
  run.dispose();
  model.dispose();
});

Deno.test("createRun() trains batches of large images in parts, but for batch normalization", async () => {
  await useBackend("wasm");
  const weightsAfter = async (normalization: "none" | "batch") => {
    const model = smallNetwork({ height: 224, channels: 3, statistics: false });
    let predictions = 0;
    const predict = model.predict.bind(model);
    model.predict = (...args) => (predictions++, predict(...args));
    const settings = resolveSettings("quick", {
      classesPerBatch: 2,
      imagesPerClass: 9,
      inputSize: 224,
      normalization,
      steps: 1,
    });
    const random = createRandom(1);
    const run = createRun({ model, dataset, settings, random });
    const { spread } = await run.next();
    const { weights } = await run.state();
    const { data } = weights["hidden/kernel"]!;
    run.dispose();
    model.dispose();
    return { predictions, spread, data };
  };
  const parts = await weightsAfter("none");
  const whole = await weightsAfter("batch");
  assertEquals([parts.predictions, whole.predictions], [2, 0]);
  assert(Math.abs(parts.spread - whole.spread) < 1e-5);
  parts.data.forEach((value, i) =>
    assert(Math.abs(value - whole.data[i]!) < 1e-4)
  );
});

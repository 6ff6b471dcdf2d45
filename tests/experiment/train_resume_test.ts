import { join } from "node:path";
import { threadsInUse } from "../../lib/backends/wasm/use_threads.ts";
import { createNN2 } from "../../lib/nn2/model.ts";
import { createRandom } from "../../lib/numeric/random.ts";
import {
  readCheckpoint,
  writeCheckpoint,
} from "../../lib/training/checkpoint/checkpoint_folder.ts";
import { divideForRun, runSeeds } from "../../lib/digits/run_data.ts";
import type { Settings } from "../../lib/training/settings/schema.ts";
import { presets } from "../../lib/training/settings/settings.ts";
import { trainingSteps } from "../../lib/training/run/steps.ts";
import { train } from "../../lib/experiment/train.ts";
import type { TrainOptions } from "../../lib/experiment/train_options.ts";
import { saveWeights } from "../../lib/training/weights/weights.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { inFolder, namesIn } from "../digits/folder.ts";
import { permittedTest } from "../permitted.ts";
import { bitsOf } from "../training/bits.ts";
import { stripes } from "../training/digits.ts";

const data = { train: stripes(264, 2, 1), test: stripes(4, 2, 2) };
const sizes = {
  classesPerBatch: 2,
  imagesPerClass: 2,
  embeddingSize: 4,
  validateEvery: 0,
  validationImages: 6,
  steps: 2,
};
const small = { data, settings: sizes };

/** The small run with other settings. */
const changed = (changes: Partial<Settings>): TrainOptions => ({
  data,
  settings: { ...sizes, ...changes },
});

const enough = new Error("enough");

/** Trains to the end, or to the end of a step, and evaluates nothing. */
async function fit(options: TrainOptions, last?: number): Promise<void> {
  const stop = new AbortController();
  await assertRejects(
    () =>
      train({
        ...options,
        signal: stop.signal,
        on: {
          ...options.on,
          async step(step) {
            await options.on?.step?.(step);
            if (step.step === last) stop.abort(enough);
          },
          trained: () => Promise.reject(enough),
        },
      }),
    Error,
    "enough",
  );
}

async function lastIn(folder: string) {
  return (await readCheckpoint(folder)).checkpoint;
}

const test = (name: string, body: (folder: string) => Promise<void>) =>
  permittedTest(`train() ${name}`, ["read", "write"], () => inFolder(body));

test("goes on to the last bit, with the settings that it had", async (parent) => {
  const [whole, folder] = [join(parent, "whole"), join(parent, "parts")];
  await fit({ ...small, checkpoints: whole });
  await fit({ ...small, checkpoints: folder }, 1);
  assertEquals(namesIn(folder), ["step-1.safetensors"]);
  const told: unknown[] = [];
  await fit({
    data,
    checkpoints: folder,
    resume: true,
    on: {
      resume: (steps, path) => told.push(steps.length, path),
      step: ({ step }) => told.push(step),
      checkpoint: (path, step) => told.push(path, step),
    },
  });
  const paths = [1, 2].map((step) => join(folder, `step-${step}.safetensors`));
  assertEquals(told, [1, paths[0], 2, paths[1], 2]);
  const [all, parts] = [await lastIn(whole), await lastIn(folder)];
  assertEquals(bitsOf(parts), bitsOf(all));
  assertEquals(parts.settings, all.settings);
});

test("goes on from a checkpoint of several workers, with any number of threads", async (parent) => {
  const [whole, folder] = [join(parent, "whole"), join(parent, "parts")];
  const three = changed({ steps: 3 });
  await fit({ ...three, checkpoints: whole });
  await fit({ ...three, checkpoints: folder }, 1);
  const { checkpoint, paths } = await readCheckpoint(folder);
  const all = threadsInUse();
  const settings = { ...checkpoint.settings, workers: all + 2 };
  await writeCheckpoint(folder, { ...checkpoint, settings }, paths);
  const going = { data, checkpoints: folder, resume: true };
  const used: number[] = [];
  const on = { step: () => used.push(threadsInUse()) };
  await fit({ ...going, on }, 2);
  await fit({ ...going, settings: { threads: all + 1 }, on });
  assertEquals(used, [all, all + 1]);
  assertEquals(bitsOf(await lastIn(folder)), bitsOf(await lastIn(whole)));
});

test("keeps the threads that were asked for", async (folder) => {
  const threads = 2;
  const used: number[] = [];
  const on = { step: () => used.push(threadsInUse()) };
  await fit({ ...changed({ threads }), checkpoints: folder, on }, 1);
  await fit({ data, checkpoints: folder, resume: true, on });
  assertEquals(used, [threads, threads]);
});

test("writes a checkpoint where a callback throws", async (folder) => {
  const step = ({ step }: { step: number }) => {
    if (step === 2) throw new Error("mine");
  };
  const options = { ...changed({ steps: 3 }), checkpoints: folder };
  await assertRejects(() => train({ ...options, on: { step } }), Error, "mine");
  assertEquals(namesIn(folder), ["step-2.safetensors"]);
});

test("measures a step that it kept and had not measured", async (folder) => {
  const options = {
    ...changed({ validateEvery: 1, steps: 1 }),
    checkpoints: folder,
  };
  await fit(options, 1);
  assertEquals((await lastIn(folder)).validations, []);
  const result = await train({ data, checkpoints: folder, resume: true });
  assertEquals(result.steps.length, 1);
  assertEquals(result.validations.map(({ step }) => step), [1]);
  assertEquals(result.reports.trained.testImages, 4);
  result.model.dispose();
});

test("refuses what contradicts a run, and overwrites nothing", async (parent) => {
  const folder = join(parent, "run");
  const kept = { ...small, checkpoints: folder };
  await assertRejects(
    () => train({ ...kept, resume: true }),
    Deno.errors.NotFound,
    `expected a checkpoint step-<number>.safetensors at ${folder}, got none`,
  );
  await assertRejects(
    () => train({ ...small, resume: true }),
    RangeError,
    "Cannot resume: expected a folder for checkpoints, got none",
  );
  await fit(kept, 1);
  const path = join(folder, "step-1.safetensors");
  const before = await Deno.readFile(path);
  const refuses = (options: TrainOptions, message: string) =>
    assertRejects(
      () => train({ data, checkpoints: folder, ...options }),
      RangeError,
      message,
    );
  await refuses(
    small,
    `Cannot begin a run in ${folder}: expected none there that has not ended, got ${path}. Resume it`,
  );
  await refuses(
    { resume: true, settings: { margin: 0.3 } },
    `Cannot resume ${path} with other settings than the run began with: expected margin 0.2, got margin 0.3`,
  );
  await refuses(
    { resume: true, preset: "quick" },
    "expected classesPerBatch 2, imagesPerClass 2, embeddingSize 4, validateEvery 0, validationImages 6, got classesPerBatch 10, imagesPerClass 24, embeddingSize 128, ",
  );
  await refuses(
    { resume: true, settings: { steps: 1 } },
    "expected more than the 1 steps",
  );
  await refuses(
    { resume: true, settings: { steps: 0 } },
    "expected steps to be a whole number",
  );
  await refuses(
    { resume: true, checkpoints: { folder, everySteps: 0 } },
    "everySteps to be a whole number of 1 or more",
  );
  await refuses(
    { resume: true, settings: { seed: 2 } },
    "expected seed 1, got seed 2",
  );
  assertEquals(namesIn(folder), ["step-1.safetensors"]);
  assertEquals(await Deno.readFile(path), before);
});

test("begins where a run has ended, and goes on from a file elsewhere", async (parent) => {
  const [folder, other] = [join(parent, "a"), join(parent, "b")];
  const short = { ...changed({ steps: 1 }), checkpoints: folder };
  await fit(short);
  const path = join(folder, "step-1.safetensors");
  const steps: number[] = [];
  await fit({
    data,
    resume: path,
    checkpoints: other,
    settings: { steps: 2 },
    on: { step: ({ step }) => steps.push(step) },
  });
  assertEquals(steps, [2]);
  assertEquals(namesIn(other), ["step-2.safetensors"]);
  await fit({ ...short, ...changed({ steps: 1, seed: 2 }) });
  assertEquals(namesIn(folder), ["step-1.safetensors"]);
  assertEquals((await lastIn(folder)).settings.seed, 2);
});

test("begins with given weights, and resumes with none but its own", async (parent) => {
  const [folder, weights] = [join(parent, "run"), join(parent, "weights")];
  const model = createNN2({ embeddingSize: 4, seed: 77 });
  const { seed: _, ...input } = { ...presets.quick, embeddingSize: 4 };
  await saveWeights(weights, model, input);
  const losses = async (options: TrainOptions) => {
    const all: number[] = [];
    const step = ({ loss }: { loss: number }) => all.push(loss);
    await fit({ ...small, ...options, on: { step } });
    return all;
  };
  const fresh = await losses({});
  const begun = await losses({ weights, checkpoints: folder });
  const run = trainingSteps(
    model,
    divideForRun(data, runSeeds(1), 6).train,
    { ...presets.quick, ...sizes },
    createRandom(runSeeds(1).batches),
  );
  const expected: number[] = [];
  for await (const { loss } of run) expected.push(loss);
  model.dispose();
  assertEquals(begun, expected);
  assert(begun[0] !== fresh[0]);
  await assertRejects(
    () => train({ data, checkpoints: folder, resume: true, weights }),
    RangeError,
    `with other weights: expected none to be given, got ${weights}`,
  );
});

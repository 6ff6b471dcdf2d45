import { basename, join } from "node:path";
import type * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import {
  readCheckpoint,
  writeCheckpoint,
} from "../../../lib/training/checkpoint/checkpoint_folder.ts";
import {
  type ResumableOptions,
  resumableSteps,
} from "../../../lib/training/run/resumable_steps.ts";
import type { Settings } from "../../../lib/training/settings/schema.ts";
import { settle } from "../../../lib/training/settings/settings.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { inFolder, namesIn } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";
import { bitsOf } from "../bits.ts";
import { stripes } from "../digits.ts";
import { smallNetwork } from "../small_network.ts";

const dataset = stripes(44, 3, 1);
const settings = settle("quick", {
  classesPerBatch: 2,
  imagesPerClass: 4,
  steps: 9,
});

interface Cell extends ResumableOptions {
  settings?: Settings;
  dataset?: typeof dataset;
  units?: number;
  /** The step to leave the loop after. */
  breakAfter?: number;
  onStep?: (step: number, model: tf.LayersModel) => void;
}

/** What a notebook's cell would do, in a kernel without a past. */
async function runCell(cell: Cell): Promise<number[]> {
  const {
    breakAfter,
    onStep,
    settings: _,
    dataset: __,
    units: ___,
    ...options
  } = cell;
  const hasThreads = cell.settings?.threads !== undefined;
  await useBackend(hasThreads ? "wasm" : "cpu");
  const model = smallNetwork(cell);
  const steps = [];
  try {
    const run = resumableSteps(
      model,
      cell.dataset ?? dataset,
      cell.settings ?? settings,
      createRandom(1),
      options,
    );
    for await (const { step } of run) {
      steps.push(step);
      onStep?.(step, model);
      if (step === breakAfter) break;
    }
  } finally {
    model.dispose();
  }
  return steps;
}

async function lastIn(folder: string) {
  return (await readCheckpoint(folder)).checkpoint;
}

const test = (name: string, body: (folder: string) => Promise<void>) =>
  permittedTest(
    `resumableSteps() ${name}`,
    ["read", "write"],
    () => inFolder(body),
  );

test("goes on where the loop was left, to the last bit", async (parent) => {
  const [whole, folder] = [join(parent, "whole"), join(parent, "parts")];
  assertEquals(await runCell({ folder: whole }), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assertEquals(await runCell({ folder, breakAfter: 2 }), [1, 2]);
  const stop = new AbortController();
  const resumed: unknown[] = [];
  const second = await runCell({
    folder,
    signal: stop.signal,
    onStep: (step) => step === 6 && stop.abort(),
    onResume: (steps, path) => resumed.push(steps.length, path),
  });
  assertEquals(second, [3, 4, 5, 6]);
  assertEquals(resumed, [2, join(folder, "step-2.safetensors")]);
  assertEquals(await runCell({ folder }), [7, 8, 9]);
  assertEquals(namesIn(folder), ["step-6.safetensors", "step-9.safetensors"]);
  assertEquals(bitsOf(await lastIn(folder)), bitsOf(await lastIn(whole)));
  // What is finished stays as it is.
  assertEquals(await runCell({ folder }), []);
});

test("makes one long run of short ones where the rate is constant", async (parent) => {
  const [whole, folder] = [join(parent, "whole"), join(parent, "parts")];
  const constant = { ...settings, schedule: "constant" } as const;
  await runCell({ folder: whole, settings: { ...constant, steps: 5 } });
  await runCell({ folder, settings: { ...constant, steps: 2 } });
  const steps = await runCell({ folder, settings: { ...constant, steps: 5 } });
  assertEquals(steps, [3, 4, 5]);
  const [a, b] = [await lastIn(whole), await lastIn(folder)];
  assertEquals(bitsOf(b).weights, bitsOf(a).weights);
});

test("refuses other settings, images and a spent budget, and changes nothing", async (folder) => {
  await runCell({ folder, breakAfter: 2 });
  const [name] = namesIn(folder);
  const path = join(folder, name!);
  const before = await Deno.readFile(path);
  const refuses = (cell: Partial<Cell>, message: string) =>
    assertRejects(() => runCell({ folder, ...cell }), RangeError, message);
  await refuses(
    { settings: { ...settings, margin: 0.3, rule: "batch-all" } },
    `Cannot resume ${path} with other settings than the run began with: expected margin 0.2, got 0.3; rule "semi-hard", got "batch-all"`,
  );
  await refuses(
    { dataset: stripes(44, 3, 2) },
    `Cannot resume ${path} with other images`,
  );
  await refuses(
    { settings: { ...settings, steps: 2 } },
    `Cannot resume ${path} with this budget: expected more than the 2 steps in 0 seconds that are done, got {"steps":2}`,
  );
  await refuses(
    { units: 5 },
    `Cannot resume ${path}: Cannot set the weights, which belong to another architecture: expected hidden/kernel as float32 [49,5], got float32 [49,16]`,
  );
  await refuses(
    { checkpointSeconds: 0 },
    "checkpointSeconds to be a number above 0, got 0",
  );
  assertEquals(namesIn(folder), [name!]);
  assertEquals(await Deno.readFile(path), before);
});

test("names a damaged checkpoint and goes on from the one before", async (folder) => {
  await runCell({ folder, checkpointSteps: 1, breakAfter: 3 });
  const path = join(folder, "step-3.safetensors");
  await Deno.writeFile(path, (await Deno.readFile(path)).subarray(0, 999));
  const warnings: string[] = [];
  const onWarning = (message: string) => void warnings.push(message);
  assertEquals(await runCell({ folder, breakAfter: 4, onWarning }), [3, 4]);
  assertEquals(warnings.length, 1);
  assert(warnings[0]!.startsWith(`Cannot read ${path}: expected the CRC-32`));
  assertEquals(namesIn(folder), ["step-2.safetensors", "step-4.safetensors"]);
});

test("keeps no checkpoint of a step that failed half way", async (folder) => {
  const cut = (step: number, model: tf.LayersModel) => {
    if (step !== 2) return;
    model.apply = () => {
      throw new Error("cut");
    };
  };
  await assertRejects(() => runCell({ folder, onStep: cut }), Error, "cut");
  assertEquals(namesIn(folder), []);
});

test("ends with the error of a step, and the last checkpoint stays", async (folder) => {
  assertEquals(await runCell({ folder, breakAfter: 2 }), [1, 2]);
  const [path] = namesIn(folder).map((name) => join(folder, name));
  const { checkpoint } = await readCheckpoint(path!);
  // Finite, for a checkpoint of NaN is not read; their sums are not.
  checkpoint.weights["embedding/kernel"]!.data.fill(3e38);
  const poisoned = await writeCheckpoint(
    join(folder, "poisoned"),
    checkpoint,
    [],
  );
  await assertRejects(
    () => runCell({ folder: join(folder, "poisoned") }),
    RangeError,
    "expected a finite loss, got NaN",
  );
  assertEquals(namesIn(join(folder, "poisoned")), [basename(poisoned[0]!)]);
  assertEquals(await runCell({ folder }), [3, 4, 5, 6, 7, 8, 9]);
});

test("gives the same weights with any number of threads, however often it is left", async (parent) => {
  const [whole, folder] = [join(parent, "whole"), join(parent, "parts")];
  const onThreads = (threads: number) => ({
    settings: { ...settings, threads },
  });
  await runCell({ ...onThreads(2), folder: whole });
  await runCell({ ...onThreads(1), folder, breakAfter: 4 });
  assertEquals((await lastIn(folder)).settings.threads, 1);
  await runCell({ ...onThreads(3), folder });
  assertEquals(bitsOf(await lastIn(folder)), bitsOf(await lastIn(whole)));
});

test("goes on from a checkpoint that has its threads by their other name", async (parent) => {
  const [whole, folder] = [join(parent, "whole"), join(parent, "parts")];
  await runCell({ folder: whole });
  await runCell({ folder, breakAfter: 4 });
  const { checkpoint, paths } = await readCheckpoint(folder);
  const old = { ...checkpoint, settings: { ...settings, workers: 2 } };
  await writeCheckpoint(folder, old, paths);
  assertEquals(await runCell({ folder, breakAfter: 6 }), [5, 6]);
  const named = { ...settings, workers: 1 };
  assertEquals(await runCell({ folder, settings: named }), [7, 8, 9]);
  assertEquals(bitsOf(await lastIn(folder)), bitsOf(await lastIn(whole)));
});

test("keeps no checkpoint of NaN", async (folder) => {
  const poison = (step: number, model: tf.LayersModel) => {
    if (step !== 2) return;
    const moving = model.getLayer("norm").weights[2]!;
    moving.write(moving.read().mul(NaN));
  };
  await assertRejects(
    () => runCell({ folder, checkpointSteps: 1, onStep: poison }),
    RangeError,
    "expected finite weights, got NaN in norm/moving_mean",
  );
  assertEquals(namesIn(folder), ["step-1.safetensors"]);
});

test("frees what it holds, however it ends", async (folder) => {
  await useBackend("cpu");
  const tf = await import("@tensorflow/tfjs");
  const model = smallNetwork();
  const held = tf.memory().numTensors;
  const loop = async (limit: number) => {
    const random = createRandom(1);
    const options = { folder };
    for await (
      const { step } of resumableSteps(
        model,
        dataset,
        settings,
        random,
        options,
      )
    ) if (step === limit) break;
  };
  await loop(2);
  assertEquals(tf.memory().numTensors, held);
  await loop(99);
  assertEquals(tf.memory().numTensors, held);
  const { numTensors } = tf.memory();
  const weights = model.weights.map((weight) => weight.read());
  const more = { ...settings, steps: 20 };
  const run = resumableSteps(model, dataset, more, createRandom(1), { folder });
  await run.next();
  tf.dispose(weights);
  // No checkpoint can be made any longer.
  await assertRejects(() => run.return(), Error, "already disposed");
  assertEquals(tf.memory().numTensors, numTensors - weights.length);
});

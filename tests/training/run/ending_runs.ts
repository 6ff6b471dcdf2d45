// Runs of two threads that end_of_runs_test.ts lets fail, each in its own way:
// `ending_runs.ts <folder>` says how each ended, and must then end by itself.
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { threadsInUse } from "../../../lib/backends/wasm/use_threads.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import {
  type ResumableOptions,
  resumableSteps,
} from "../../../lib/training/run/resumable_steps.ts";
import type { StepReport } from "../../../lib/training/checkpoint/run_state.ts";
import { resolveSettings } from "../../../lib/training/settings/settings.ts";
import { trainingSteps } from "../../../lib/training/run/steps.ts";
import { train } from "../../../lib/experiment/train.ts";
import type { TrainOptions } from "../../../lib/experiment/train_options.ts";
import { stripes } from "../digits.ts";
import { smallNetwork } from "../small_network.ts";

const fail = (name: string) => () => {
  throw new Error(name);
};
const reject = (name: string) => () => Promise.reject(new Error(name));

const settings = resolveSettings("quick", {
  classesPerBatch: 2,
  imagesPerClass: 4,
  steps: 4,
  threads: 2,
});
const dataset = stripes(44, 2, 1);

/** What a loop does after its second step; `false` leaves it. */
type Body = (
  model: tf.LayersModel,
  steps: AsyncGenerator<StepReport, void>,
) => unknown;

async function loop(
  steps: (model: tf.LayersModel) => AsyncGenerator<StepReport, void>,
  body: Body = () => {},
): Promise<void> {
  const model = smallNetwork({ statistics: false });
  const weights = model.weights.map((weight) => weight.read());
  const run = steps(model);
  try {
    for await (const { step } of run) {
      if (step === 2 && await body(model, run) === false) break;
    }
  } finally {
    tf.dispose(weights);
  }
}

const kept = (options: ResumableOptions, body?: Body) =>
  loop(
    (model) =>
      resumableSteps(model, dataset, settings, createRandom(1), options),
    body,
  );
const plain = (body: Body, changes = {}) =>
  loop(
    (model) =>
      trainingSteps(
        model,
        dataset,
        { ...settings, ...changes },
        createRandom(1),
      ),
    body,
  );

/** After this no checkpoint can be made. */
const dispose: Body = (model) =>
  tf.dispose(model.weights.map((weight) => weight.read()));
const small: TrainOptions = {
  data: { train: stripes(264, 2, 1), test: stripes(4, 2, 2) },
  settings: {
    ...{ classesPerBatch: 2, imagesPerClass: 4, embeddingSize: 4 },
    ...{ validateEvery: 1, validationImages: 4, steps: 1, threads: 2 },
  },
};

/** All ways; each ends with the error that its name says, or with none. */
function waysIn(folder: string): Record<string, () => Promise<unknown>> {
  const at = (name: string) => join(folder, name);
  const every = { everySteps: 1 };
  return {
    "the last checkpoint, at break": () =>
      kept({ folder: at("a") }, (...given) => (dispose(...given), false)),
    "a checkpoint within": () => kept({ folder: at("b"), ...every }, dispose),
    "mine, before a checkpoint": () =>
      kept({ folder: at("c") }, (...given) => {
        dispose(...given);
        fail("mine")();
      }),
    "thrown into the loop": () =>
      kept({ folder: at("d") }, async (model, run) => {
        await dispose(model, run);
        await run.throw(new Error("into"));
      }),
    "checkpoint throws": () =>
      kept({
        folder: at("e"),
        ...every,
        on: { checkpoint: fail("checkpoint") },
      }),
    "checkpoint rejects": () =>
      kept({ folder: at("f"), on: { checkpoint: reject("checkpoint") } }),
    "a run to resume": () => kept({ folder: at("g") }, () => false),
    "resume throws": () =>
      kept({ folder: at("g"), on: { resume: fail("resume") } }),
    "resume rejects": () =>
      kept({ folder: at("g"), on: { resume: reject("resume") } }),
    "warning throws": () =>
      kept(
        { folder: at("h"), ...every, on: { warning: fail("warning") } },
        () => {
          Deno.removeSync(at("h"), { recursive: true });
          Deno.writeTextFileSync(at("h"), "in the way");
        },
      ),
    "the folder vanishes": () =>
      kept({ folder: at("i"), ...every }, () => {
        Deno.removeSync(at("i"), { recursive: true });
      }),
    "an aborted signal": () =>
      kept({ folder: at("j"), signal: AbortSignal.abort() }),
    "left early": () => plain(() => false),
    "thrown in a plain loop": () => plain(fail("plain")),
    "a budget that is none": () => plain(() => {}, { steps: -5 }),
    "two numbers of threads": () => plain(() => {}, { workers: 1 }),
    ...Object.fromEntries(
      (["step", "validation", "trained", "evaluation"] as const)
        .flatMap((name) => [
          [
            `${name} throws`,
            () => train({ ...small, on: { [name]: fail(name) } }),
          ],
          [
            `${name} rejects`,
            () => train({ ...small, on: { [name]: reject(name) } }),
          ],
        ]),
    ),
    "train's checkpoint": () =>
      train({
        ...small,
        checkpoints: at("k"),
        on: { checkpoint: reject("checkpoint") },
      }),
  };
}

if (import.meta.main) {
  const [folder] = Deno.args;
  await useBackend("wasm", { threads: 1 });
  for (const [name, way] of Object.entries(waysIn(folder!))) {
    const held = tf.memory().numTensors;
    const threads = threadsInUse();
    let error = "";
    try {
      await way();
    } catch (caught) {
      error = (caught as Error).message;
    }
    const left = tf.memory().numTensors - held;
    const more = threadsInUse() - threads;
    console.log(JSON.stringify({ name, error, left, more }));
  }
}

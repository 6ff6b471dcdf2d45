import * as api from "../../lib/mod.ts";
import * as is from "./kinds.ts";
import { none, type Room, row } from "./row.ts";
import { digits, folder, model } from "./run.ts";
import { ofChanges, ofSettings, settings } from "./settings.ts";

const { createRandom } = api;

/** The first of what a loop gives. */
async function first(steps: AsyncGenerator): Promise<void> {
  await steps.next();
  await steps.return(undefined);
}
const keeping = (place: string) => ({
  [`${place}.everySteps`]: is.optional(
    is.number({ above: 0 }, { infinite: true }),
  ),
  [`${place}.everySeconds`]: is.optional(
    is.number({ min: 0 }, { infinite: true }),
  ),
});

/** Whole runs. */
export const runsRoom: Room = {
  trainingSteps: row(
    (...given: Parameters<typeof api.trainingSteps>) =>
      first(api.trainingSteps(...given)),
    () => [model(), digits(), settings(), createRandom(1)],
    {
      ...ofSettings("2", ["steps"]),
      "2.steps": is.whole({ min: 1 }),
      "3": is.random,
    },
  ),
  resumableSteps: row(
    (...given: Parameters<typeof api.resumableSteps>) =>
      first(api.resumableSteps(...given)),
    () => [model(), digits(), settings(), createRandom(1), {
      folder: folder(),
      everySteps: 5,
      everySeconds: 60,
    }],
    {
      ...ofSettings("2", ["steps"]),
      "2.steps": is.whole({ min: 1 }),
      "3": is.random,
      ...keeping("4"),
    },
    { needs: ["read", "write"] },
  ),
  readCheckpoint: none,
  compareRates: row(
    api.compareRates,
    () => [
      { one: { flop: 1, run: () => {} } },
      { turns: 1, milliseconds: 0.1, warmUp: 0.1 },
    ],
    {
      "0.one.flop": is.number({ above: 0 }),
      "1.turns": is.optional(is.whole({ min: 1 }, { size: true })),
      "1.milliseconds": is.optional(is.number({ above: 0, max: 1000 })),
      "1.warmUp": is.optional(is.number({ above: 0, max: 10_000 })),
    },
  ),
  measureSpeed: row(
    api.measureSpeed,
    () => [
      { one: { kernels: "ours", flags: false, threads: 1 } },
      { task: "train", batch: 4, rounds: 1 },
    ],
    {
      "0.one.kernels": is.choice("cpu", "wasm", "ours", "webgpu"),
      "0.one.flags": is.optional(is.boolean),
      "0.one.threads": is.optional(is.whole({ min: 1 }, { size: true })),
      "1.task": is.choice("train", "infer"),
      "1.batch": is.whole({ min: 2 }, { size: true }),
      "1.rounds": is.whole({ min: 1 }, { size: true }),
    },
    { slow: true },
  ),
  train: row(
    api.train,
    () => [{
      preset: "quick",
      data: { train: digits(), test: digits() },
      settings: settings(),
      checkpoints: { folder: "out", everySteps: 5, everySeconds: 60 },
    }],
    {
      "0.preset": is.optional(is.choice("quick", "full", "seed")),
      ...ofChanges("0.settings"),
      ...keeping("0.checkpoints"),
      "0.stopOnCollapse": is.optional(is.boolean),
    },
    { slow: true },
  ),
  evaluateNetwork: row(
    api.evaluateNetwork,
    () => [{ model: model(), settings: settings() }, {
      data: { train: digits(), test: digits() },
      sizes: {
        galleryPerClass: 2,
        imagesPerClass: 1,
        sample: 5,
        projected: 5,
      },
      projector: false,
    }],
    {
      "1.sizes.galleryPerClass": is.whole({ min: 1 }),
      "1.sizes.imagesPerClass": is.whole({ min: 1 }),
      "1.sizes.sample": is.whole({ min: 1 }),
      "1.sizes.projected": is.whole({ min: 1 }),
      "1.projector": is.optional(is.boolean),
    },
    { slow: true },
  ),
  runPoint: row(
    api.runPoint,
    () => ["margin", 0.2, 1, {
      steps: 1,
      data: { train: digits(), test: digits() },
    }],
    {
      "0": is.choice(...api.experimentNames),
      "1": is.choice(0.05, 0.1, 0.2, 0.4, 0.8),
      "2": is.whole({ min: -(2 ** 31), max: 2 ** 32 - 1 }),
      "3.steps": is.optional(is.whole({ min: 1 })),
    },
    { slow: true },
  ),
  loadExperiment: row(
    api.loadExperiment,
    () => ["margin", folder()],
    { "0": is.choice(...api.experimentNames) },
    { slow: true, needs: ["read", "write"] },
  ),
};

import * as tf from "@tensorflow/tfjs";
import type { Mnist } from "../../digits/mnist.ts";
import { loadMnist } from "../../digits/mnist.ts";
import { checkValue } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import { seedDomain } from "../../numeric/random.ts";
import type { StepReport } from "../../training/checkpoint/run_state.ts";
import { settingsSchema } from "../../training/settings/schema.ts";
import {
  type Experiment,
  type ExperimentName,
  experimentNames,
  experiments,
  experimentSettings,
} from "./experiments.ts";
import { measureNetwork } from "./measure_network.ts";
import type {
  ExperimentRun,
  ExperimentSettings,
  PointChoice,
} from "./result.ts";
import { trainNetwork } from "./train_network.ts";

/** What a single run may be told. */
export interface PointOptions {
  /** In place of the experiments' own: fewer for a shorter run. */
  steps?: number;
  /** The digits (default MNIST, by `loadMnist`). */
  data?: Mnist;
  /** Told of each step of how many. */
  onStep?: (step: StepReport, steps: number) => void;
}

/**
 * Makes one run of an experiment: trains a network and measures it, on the backend in
 * use. On the wasm backend a seed gives the numbers of the experiment's file exactly,
 * with any number of threads.
 *
 * @param value That of a point in the table of experiments.
 * @throws {RangeError} If the experiment has no such point, or the images are too few.
 *
 * @example
 * ```ts ignore
 * await useBackend("wasm");
 * const run = await runPoint("embedding-size", 64, 1);
 * const { points } = await loadExperiment("embedding-size");
 * assert.deepEqual(run, points.find(({ value }) => value === 64)!.runs[0]);
 * ```
 */
export async function runPoint(
  name: ExperimentName,
  value: number | string,
  seed: number,
  options: PointOptions = {},
): Promise<ExperimentRun> {
  const action = "run a point";
  checkValue(action, "name", name, { type: "choice", of: experimentNames });
  checkValue(action, "seed", seed, seedDomain);
  const { steps = experimentSettings.steps, data, onStep } = optionsOf(
    action,
    options,
  );
  checkValue(action, "steps", steps, settingsSchema.steps.domain);
  const experiment = experiments[name];
  const point = experiment.points.find((each) => each.value === value);
  if (!point) {
    const known = experiment.points.map(({ value }) => value).join(", ");
    refuse(action, `a value of ${name}, one of ${known}`, shown(value));
  }
  const backend = backendInUse();
  const base = { ...experimentSettings, steps, backend };
  const settings = settingsAt(experiment, point, base);
  const mnist = data ?? await loadMnist();
  const trained = await trainNetwork(settings, seed, mnist, onStep);
  try {
    return await (await measureNetwork(trained))(point);
  } finally {
    trained.model.dispose();
  }
}

/** The settings of a point. */
export function settingsAt(
  { varies }: Experiment,
  { value, learningRate }: PointChoice,
  base: ExperimentSettings,
): ExperimentSettings {
  return {
    ...base,
    ...(varies in base && { [varies]: value }),
    ...(learningRate !== undefined && { learningRate }),
  };
}

/** The backend that computes, as settings name it. */
export function backendInUse(): ExperimentSettings["backend"] {
  return tf.getBackend() as ExperimentSettings["backend"];
}

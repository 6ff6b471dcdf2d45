import { removeAbandoned } from "../../files/whole_file.ts";
import type { Mnist } from "../../digits/mnist.ts";
import { loadMnist } from "../../digits/mnist.ts";
import type { StepReport } from "../../training/checkpoint/run_state.ts";
import { checkContinued, withRun } from "./continue_results.ts";
import {
  type ExperimentName,
  experimentNames,
  experimentSettings,
} from "./experiments.ts";
import {
  causeOf,
  missingRuns,
  type NeededRun,
  neededRuns,
  type PlannedNetwork,
  planNetworks,
  runsByCause,
} from "./plan.ts";
import { measureNetwork } from "./measure_network.ts";
import type {
  ExperimentResult,
  ExperimentRun,
  ExperimentSettings,
} from "./result.ts";
import { backendInUse } from "./run_point.ts";
import { experimentsFolder, findExperiment, writeExperiment } from "./store.ts";
import { trainNetwork } from "./train_network.ts";

/** How experiments are made, and where their results are. */
export interface ExperimentOptions {
  /** The folder of the files; the project's `data/experiments` by default. */
  folder?: string | undefined;
  /** 1, 2 and 3 by default. */
  seeds?: readonly number[] | undefined;
  /** Other settings than those of the table, as for a shorter run. */
  settings?: Partial<ExperimentSettings> | undefined;
  /** Whether the experiments' own files are not looked at, but replaced. */
  again?: boolean | undefined;
  /** The digits (default MNIST, by `loadMnist`). */
  data?: Mnist | undefined;
  /** Told of each step of a network's training. */
  onStep?: (step: StepReport, network: PlannedNetwork) => void;
}

/** A run that was made and written. */
export interface FinishedRun {
  run: ExperimentRun;
  needed: NeededRun;
  /** Which network it is of, from 1, of how many. */
  network: number;
  networks: number;
  /** The part of all work that is done, in (0, 1]. */
  part: number;
}

/** To train a network is so many times the work of measuring it once. */
const workOfTraining = 11;

/**
 * Makes the runs that the files of some experiments do not have yet, and writes each
 * into its file as soon as it is there: whoever stops it loses the last run alone.
 * Runs that experiments share are made once. What another process adds to the files
 * meanwhile, such as runs of other seeds, stays.
 *
 * @throws {RangeError} If a file was made with other settings.
 * @throws {SyntaxError} If one is damaged.
 */
export async function* runExperiments(
  names: readonly ExperimentName[],
  options: ExperimentOptions = {},
): AsyncGenerator<FinishedRun, void> {
  const { folder = experimentsFolder, again = false, onStep, data } = options;
  const { settings, results, missing } = await lookAtExperiments(
    names,
    options,
  );
  const record = async (needed: NeededRun, run: ExperimentRun) => {
    const { name } = needed;
    // Another process may have added runs of other seeds meanwhile.
    const isOld = again && !results.has(name);
    const there = isOld ? undefined : await findExperiment(name, folder);
    if (there) checkContinued(there, settings);
    const before = there ?? results.get(name);
    const result = withRun(before, needed, settings, run);
    results.set(name, result);
    await writeExperiment(result, folder);
  };

  const known = runsByCause(results.values());
  const left: NeededRun[] = [];
  for (const needed of missing) {
    const run = known.get(causeOf(needed.settings, needed.point, needed.seed));
    if (run) await record(needed, run);
    else left.push(needed);
  }
  const networks = planNetworks(left);
  await removeAbandoned(folder);
  const work = left.length + workOfTraining * networks.length;
  let measurements = 0;
  const mnist = networks.length > 0 ? data ?? await loadMnist() : undefined;
  for (const [index, network] of networks.entries()) {
    const { settings, seed } = network;
    const trained = await trainNetwork(
      settings,
      seed,
      mnist!,
      (step) => onStep?.(step, network),
    );
    try {
      const measure = await measureNetwork(trained);
      const measured = new Map<string, ExperimentRun>();
      for (const needed of network.runs) {
        const cause = causeOf(settings, needed.point, seed);
        const run = measured.get(cause) ?? await measure(needed.point);
        measured.set(cause, run);
        await record(needed, run);
        const done = ++measurements + workOfTraining * (index + 1);
        yield {
          ...{ run, needed, part: done / work },
          network: index + 1,
          networks: networks.length,
        };
      }
    } finally {
      trained.model.dispose();
    }
  }
}

/**
 * Reads the files of all experiments, and finds which runs of some are missing.
 *
 * @throws {RangeError} If a file of these was made with other settings.
 * @throws {SyntaxError} If one is damaged.
 */
export async function lookAtExperiments(
  names: readonly ExperimentName[],
  { folder = experimentsFolder, seeds = [1, 2, 3], again = false, ...options }:
    ExperimentOptions = {},
): Promise<{
  settings: ExperimentSettings;
  results: Map<string, ExperimentResult>;
  missing: NeededRun[];
}> {
  const settings = {
    ...experimentSettings,
    ...options.settings,
    backend: backendInUse(),
  };
  const results = new Map<string, ExperimentResult>();
  for (const name of experimentNames) {
    if (again && names.includes(name)) continue;
    const found = await findExperiment(name, folder);
    if (!found) continue;
    if (names.includes(name)) checkContinued(found, settings);
    results.set(name, found);
  }
  const needed = neededRuns(names, seeds, settings);
  return { settings, results, missing: missingRuns(needed, results) };
}

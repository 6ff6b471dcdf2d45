import {
  type ExperimentName,
  experiments,
  experimentSettings,
} from "./experiments.ts";
import type {
  ExperimentResult,
  ExperimentRun,
  ExperimentSettings,
  PointChoice,
} from "./result.ts";
import { settingsAt } from "./run_point.ts";

/** A run that an experiment needs. */
export interface NeededRun {
  name: ExperimentName;
  point: PointChoice;
  seed: number;
  settings: ExperimentSettings;
}

/** A network to train, and the runs that it gives. */
export interface PlannedNetwork {
  settings: ExperimentSettings;
  seed: number;
  runs: NeededRun[];
}

/**
 * Lists all runs of some experiments, one seed after the other: whoever stops half way
 * has whole curves of fewer seeds.
 */
export function neededRuns(
  names: readonly ExperimentName[],
  seeds: readonly number[],
  base: ExperimentSettings = experimentSettings,
): NeededRun[] {
  return seeds.flatMap((seed) =>
    names.flatMap((name) =>
      experiments[name].points.map((point) => ({
        ...{ name, point, seed },
        settings: settingsAt(experiments[name], point, base),
      }))
    )
  );
}

/** Those that results do not have. */
export function missingRuns(
  needed: readonly NeededRun[],
  results: ReadonlyMap<string, ExperimentResult>,
): NeededRun[] {
  return needed.filter(({ name, point, seed }) =>
    !results.get(name)?.points
      .find(({ value }) => value === point.value)?.runs
      .some((run) => run.seed === seed)
  );
}

/** The networks that give some runs, each network once. */
export function planNetworks(runs: readonly NeededRun[]): PlannedNetwork[] {
  const byNetwork = Map.groupBy(
    runs,
    ({ settings, seed }) => JSON.stringify([settings, seed]),
  );
  return [...byNetwork.values()].map((runs) => ({ ...runs[0]!, runs }));
}

/**
 * All runs that results have, by what decided them: a run that two experiments share
 * is made once.
 */
export function runsByCause(
  results: Iterable<ExperimentResult>,
): Map<string, ExperimentRun> {
  const found = new Map<string, ExperimentRun>();
  for (const { experiment, settings, points } of results) {
    const row = experiments[experiment as ExperimentName];
    for (const { runs, ...point } of points) {
      const own = settingsAt(row, point, settings);
      for (const run of runs) found.set(causeOf(own, point, run.seed), run);
    }
  }
  return found;
}

/** What decides a run, as text. */
export function causeOf(
  settings: ExperimentSettings,
  { jpegQuality, pixels }: PointChoice,
  seed: number,
): string {
  const inOrder = Object.entries(settings).toSorted(([a], [b]) =>
    a < b ? -1 : 1
  );
  return JSON.stringify([inOrder, jpegQuality, pixels, seed]);
}

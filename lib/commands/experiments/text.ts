import {
  type ExperimentName,
  experiments,
} from "../../experiment/series/experiments.ts";
import type { NeededRun } from "../../experiment/series/plan.ts";
import type { FinishedRun } from "../../experiment/series/run_experiments.ts";
import { percent } from "../../experiment/report/report.ts";

/** The experiments, one to a line, with how many of their runs are missing. */
export function listing(
  names: readonly ExperimentName[],
  seeds: number,
  missing: readonly NeededRun[],
): string {
  const width = Math.max(...names.map(({ length }) => length));
  return names.map((name) => {
    const { title, points } = experiments[name];
    const own = missing.filter((run) => run.name === name);
    const all = points.length * seeds;
    const state = own.length === 0
      ? `all ${all} runs are there`
      : `${own.length} of ${all} runs missing`;
    return `${name.padEnd(width)}  ${title}: ${state}`;
  }).join("\n");
}

/** What a run is called. */
export function runName({ name, point, seed }: NeededRun): string {
  return `${name} ${point.value}, seed ${seed}`;
}

/** A finished run and the time that the others will take, as one line. */
export function finishedLine(
  { run, needed, network, networks, part }: FinishedRun,
  seconds: number,
): string {
  const { centroidAccuracy, validationRate } = run;
  const left = part === 1 ? "" : `  ${duration(seconds / part - seconds)} left`;
  return `network ${network} of ${networks}  ${runName(needed)}:  accuracy ${
    percent(centroidAccuracy)
  }  VAL ${percent(validationRate)}${left}`;
}

/** Seconds as people read them: 40 s, 12 min, 1 h 5 min. */
export function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

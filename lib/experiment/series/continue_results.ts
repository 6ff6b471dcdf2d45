import { refuse, shown } from "../../numeric/refuse.ts";
import { type ExperimentName, experiments } from "./experiments.ts";
import type { NeededRun } from "./plan.ts";
import type {
  ExperimentResult,
  ExperimentRun,
  ExperimentSettings,
} from "./result.ts";

/**
 * Makes sure that results may go on: their runs were made as new ones would be.
 *
 * @throws {RangeError} If a setting or a point is another one, with its name.
 */
export function checkContinued(
  result: ExperimentResult,
  settings: ExperimentSettings,
): void {
  const { experiment } = result;
  const action =
    `continue experiment ${experiment} (deno task experiments --again begins it anew)`;
  for (const [key, wanted] of Object.entries(settings)) {
    const there = result.settings[key as keyof ExperimentSettings];
    if (there === wanted) continue;
    refuse(action, `${key} ${shown(there)}, as its file has`, shown(wanted));
  }
  const { varies, points } = experiments[experiment as ExperimentName];
  if (result.varies !== varies) {
    refuse(action, `${result.varies} to vary, as in its file`, varies);
  }
  for (const { runs: _, ...there } of result.points) {
    const wanted = points.find(({ value }) => value === there.value);
    if (JSON.stringify(wanted) === JSON.stringify(there)) continue;
    const expected = `the point ${JSON.stringify(there)}, as its file has`;
    refuse(action, expected, wanted ? JSON.stringify(wanted) : "none");
  }
}

/**
 * Results with one more run, in the order of the table and of the seeds. It replaces one
 * of its point and seed.
 */
export function withRun(
  result: ExperimentResult | undefined,
  { name, point }: NeededRun,
  settings: ExperimentSettings,
  run: ExperimentRun,
): ExperimentResult {
  const { varies, points } = experiments[name];
  const runsAt = (value: number | string) => {
    const there = result?.points.find((each) => each.value === value)?.runs ??
      [];
    if (value !== point.value) return there;
    return [...there.filter(({ seed }) => seed !== run.seed), run]
      .toSorted((a, b) => a.seed - b.seed);
  };
  return {
    experiment: name,
    settings,
    varies,
    points: points.map((each) => ({ ...each, runs: runsAt(each.value) }))
      .filter(({ runs }) => runs.length > 0),
  };
}

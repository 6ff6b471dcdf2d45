import { type Runner, startRunner } from "../../../experiment/bench/runner.ts";
import type { Case } from "./case.ts";
import type { Suite } from "./plan.ts";
import type { Timing } from "../../../experiment/bench/serve.ts";

/** What became of a case: a speed for each round, or why there is none. */
export type MeasuredCase =
  & Case
  & ({ speeds: number[]; launches?: number } | { failure: string });

/**
 * How often a case is measured in a round. On a shared machine a core's speed
 * changes within seconds, so what is compared must take turns that short.
 */
const turns = 3;
/** Where a run takes longer than this, in seconds, once is enough. */
const longRun = 3;

/**
 * Measures the cases of a suite in turns, there and back, round after round, so
 * that a slow moment of the machine meets all of them; only one works at a time. A
 * first round of one turn, in which programs load and compile, does not count.
 * Whoever fails drops out, and the rest goes on.
 *
 * @param say Told what goes on.
 * @param signal Ends the runners.
 */
export async function measureSuite(
  { name, cases }: Suite,
  rounds: number,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<MeasuredCase[]> {
  const runners = new Map<string, Runner>();
  const speeds = new Map(cases.map((one) => [one, [] as number[]]));
  const launches = new Map<Case, number>();
  const failures = new Map<Case, string>();
  /** Lets a case take a turn; the seconds for an image are added to its times. */
  const take = async (one: Case, times: number[]): Promise<void> => {
    const { batch, processes } = one.row;
    const isLong = times.length > 0 && times[0]! * batch * processes > longRun;
    if (isLong || failures.has(one)) return;
    try {
      const timings = await timingsOf(one, runners, signal);
      const speeds = timings.map(({ seconds }) => batch / seconds);
      // The sum of the processes, which work at once.
      times.push(1 / speeds.reduce((sum, speed) => sum + speed, 0));
      for (const timing of timings) {
        if (timing.launches !== undefined) launches.set(one, timing.launches);
      }
    } catch (error) {
      failures.set(one, (error as Error).message);
      say(`${name}: ${failures.get(one)}`);
    }
  };
  try {
    say(`${name}: warm-up`);
    for (const one of cases) await take(one, []);
    for (let round = 1; round <= rounds; round++) {
      say(`${name}: round ${round} of ${rounds}`);
      const present = cases.filter(({ mostRounds = rounds }) =>
        round <= mostRounds
      );
      const times = new Map(present.map((one) => [one, [] as number[]]));
      for (let turn = 0; turn < turns; turn++) {
        for (const one of turn % 2 === 0 ? present : present.toReversed()) {
          await take(one, times.get(one)!);
        }
      }
      for (const [one, own] of times) speeds.get(one)!.push(1 / mean(own));
    }
  } finally {
    await Promise.all([...runners.values()].map((one) => one.end()));
  }
  return cases.map((one) => {
    const failure = failures.get(one);
    return failure === undefined
      ? {
        ...one,
        speeds: speeds.get(one)!,
        ...(launches.has(one) && { launches: launches.get(one)! }),
      }
      : { ...one, failure };
  });
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of each process of a case. */
async function timingsOf(
  { row: { processes }, launch, request }: Case,
  runners: Map<string, Runner>,
  signal: AbortSignal,
): Promise<Timing[]> {
  const key = [launch.program, ...launch.args].join(" ");
  return await Promise.all(Array.from({ length: processes }, (_, copy) => {
    const name = `${key} ${copy}`;
    const runner = runners.get(name) ??
      startRunner(launch, signal);
    runners.set(name, runner);
    return runner.ask<Timing>(request);
  }));
}

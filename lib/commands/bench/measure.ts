import { type Contestant, startContestant } from "./contestant.ts";
import type { Entry } from "./entry.ts";
import type { Block } from "./plan.ts";
import type { Timing } from "./subjects/serve.ts";

/** What became of an entry: a speed for each round, or why there is none. */
export type Measured =
  | { entry: Entry; speeds: number[] }
  | { entry: Entry; failure: string };

/**
 * How often an entry is measured in a round. On a shared machine a core's speed
 * changes within seconds, so what is compared must take turns that short.
 */
const turns = 3;
/** Where a run takes longer than this, in seconds, once is enough. */
const longRun = 3;

/**
 * Measures the entries of a block in turns, there and back, round after round, so
 * that a slow moment of the machine meets all of them; only one works at a time. A
 * first round of one turn, in which programs load and compile, does not count.
 * Whoever fails drops out, and the rest goes on.
 *
 * @param say Told what goes on.
 * @param signal Ends the contestants.
 */
export async function measureBlock(
  { name, entries }: Block,
  rounds: number,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Measured[]> {
  const contestants = new Map<string, Contestant>();
  const speeds = new Map(entries.map((entry) => [entry, [] as number[]]));
  const failures = new Map<Entry, string>();
  /** Lets an entry take a turn; the seconds for an image are added to its times. */
  const take = async (entry: Entry, times: number[]): Promise<void> => {
    const { batch, processes } = entry.row;
    const isLong = times.length > 0 && times[0]! * batch * processes > longRun;
    if (isLong || failures.has(entry)) return;
    try {
      times.push(1 / await imagesPerSecond(entry, contestants, signal));
    } catch (error) {
      failures.set(entry, (error as Error).message);
      say(`${name}: ${failures.get(entry)}`);
    }
  };
  try {
    say(`${name}: warm-up`);
    for (const entry of entries) await take(entry, []);
    for (let round = 1; round <= rounds; round++) {
      say(`${name}: round ${round} of ${rounds}`);
      const present = entries.filter(({ once }) => !once || round === 1);
      const times = new Map(present.map((entry) => [entry, [] as number[]]));
      for (let turn = 0; turn < turns; turn++) {
        for (const entry of turn % 2 === 0 ? present : present.toReversed()) {
          await take(entry, times.get(entry)!);
        }
      }
      for (const [entry, own] of times) speeds.get(entry)!.push(1 / mean(own));
    }
  } finally {
    await Promise.all([...contestants.values()].map((one) => one.end()));
  }
  return entries.map((entry) => {
    const failure = failures.get(entry);
    return failure === undefined
      ? { entry, speeds: speeds.get(entry)! }
      : { entry, failure };
  });
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The sum of the processes, which work at once. */
async function imagesPerSecond(
  { row: { batch, processes }, launch, request }: Entry,
  contestants: Map<string, Contestant>,
  signal: AbortSignal,
): Promise<number> {
  const key = [launch.program, ...launch.args].join(" ");
  const speeds = Array.from({ length: processes }, async (_, copy) => {
    const name = `${key} ${copy}`;
    const contestant = contestants.get(name) ??
      startContestant(launch, signal);
    contestants.set(name, contestant);
    const { seconds } = await contestant.ask<Timing>(request);
    return batch / seconds;
  });
  return (await Promise.all(speeds)).reduce((sum, speed) => sum + speed, 0);
}

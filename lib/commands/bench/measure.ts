import { type Contestant, startContestant } from "./contestant.ts";
import type { Block, Entry } from "./plan.ts";
import type { Timing } from "./serve.ts";

/** What became of an entry: a speed for each round, or why there is none. */
export type Measured =
  | { entry: Entry; speeds: number[] }
  | { entry: Entry; failure: string };

/**
 * Measures the entries of a block in turns, round after round, so that a slow
 * minute of the machine meets all of them; only one works at a time. A first
 * round, in which programs load and compile, does not count. Whoever fails
 * drops out, and the rest goes on.
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
  try {
    for (let round = 0; round <= rounds; round++) {
      say(
        `${name}: ${round === 0 ? "warm-up" : `round ${round} of ${rounds}`}`,
      );
      for (const entry of entries) {
        if (failures.has(entry)) continue;
        try {
          const speed = await imagesPerSecond(entry, contestants, signal);
          if (round > 0) speeds.get(entry)!.push(speed);
        } catch (error) {
          failures.set(entry, (error as Error).message);
          say(`${name}: ${failures.get(entry)}`);
        }
      }
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

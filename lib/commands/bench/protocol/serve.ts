import { linesOf } from "./lines.ts";

/** What a subject can do, by the first word of a request. */
export type Tasks = Record<string, (...args: string[]) => unknown>;

/** Something that is done again and again. */
export type Workload = () => void | Promise<void>;

/** What a subject answers to a request for speed. */
export interface Timing {
  /** For one run. */
  seconds: number;
}

/** Runs of less than this are repeated; subjects take short turns. */
const leastSeconds = 0.7;
/**
 * A subject has paused while others ran, and its first run finds memory out of
 * the caches and cores asleep. It does not count, unless it takes so long that
 * this hardly matters.
 */
const longSeconds = 5;

/**
 * Answers each line of standard input, a task and its arguments, with a line of
 * JSON until the input ends.
 */
export async function answerRequests(tasks: Tasks): Promise<void> {
  for await (const line of linesOf(Deno.stdin.readable)) {
    const [name = "", ...args] = line.split(" ");
    const task = tasks[name];
    if (!task) {
      throw new RangeError(
        `Cannot do "${line}": expected one of ${Object.keys(tasks).join(", ")}`,
      );
    }
    console.log(JSON.stringify(await task(...args)));
  }
}

/**
 * A task that is timed. What it needs is made at the first request for the same
 * arguments and kept.
 */
export function timed(
  prepare: (...args: string[]) => Workload | Promise<Workload>,
): (...args: string[]) => Promise<Timing> {
  const prepared = new Map<string, Workload>();
  return async (...args) => {
    const key = args.join(" ");
    const run = prepared.get(key) ?? await prepare(...args);
    prepared.set(key, run);
    const first = await timeRuns(run, 0);
    return first.seconds < longSeconds
      ? await timeRuns(run, leastSeconds)
      : first;
  };
}

/** The mean of as many runs as it takes, at least one. */
async function timeRuns(run: Workload, leastSeconds: number): Promise<Timing> {
  const start = performance.now();
  let runs = 0;
  let seconds;
  do {
    await run();
    runs++;
    seconds = (performance.now() - start) / 1000;
  } while (seconds < leastSeconds);
  return { seconds: seconds / runs };
}

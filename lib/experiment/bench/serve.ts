import { linesOf } from "./lines.ts";

/** What a subject can do, by the first word of a request. */
export type Tasks = Record<string, (...args: string[]) => unknown>;

/** Something that is done again and again. */
export type Workload = () => void | Promise<void>;

/** A processor that works in the background of a workload. */
export interface Background {
  /** Awaits what it has left to do. */
  finish(): Promise<void>;
  /** Shaders that it was given so far. */
  launches(): number;
}

/** What a subject answers to a request for speed. */
export interface Timing {
  /** For one run. */
  seconds: number;
  /** Shaders for one run, where a GPU computes. */
  launches?: number;
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
 *
 * @param background What runs use beside this process, where they do.
 */
export function timed(
  prepare: (...args: string[]) => Workload | Promise<Workload>,
  background?: Background,
): (...args: string[]) => Promise<Timing> {
  const prepared = new Map<string, Workload>();
  return async (...args) => {
    const key = args.join(" ");
    const run = prepared.get(key) ?? await prepare(...args);
    prepared.set(key, run);
    const first = await timeRuns(run, 0, background);
    return first.seconds < longSeconds
      ? await timeRuns(run, leastSeconds, background)
      : first;
  };
}

/** The mean of as many runs as it takes, at least one. */
async function timeRuns(
  run: Workload,
  leastSeconds: number,
  background?: Background,
): Promise<Timing> {
  const launches = background?.launches();
  const start = performance.now();
  const passed = () => (performance.now() - start) / 1000;
  let runs = 0;
  do {
    await run();
    runs++;
  } while (passed() < leastSeconds);
  await background?.finish();
  return {
    seconds: passed() / runs,
    ...(launches !== undefined &&
      { launches: (background!.launches() - launches) / runs }),
  };
}

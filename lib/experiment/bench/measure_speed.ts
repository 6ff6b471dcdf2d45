import { checkValue } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { type Engine, launchEngine } from "./engines.ts";
import { type Runner, startRunner } from "./runner.ts";
import type { Timing } from "./serve.ts";

/** What is measured, and how often. */
export interface SpeedOptions {
  /** Training steps, or embedding. */
  task: "train" | "infer";
  /** Images of 28×28 in a batch, from 2 to 1000. */
  batch: number;
  /** Measurements of each engine, from 1 to 100. */
  rounds: number;
  /** Told after each measurement how many are done. */
  onProgress?: (done: number) => void;
}

/** How fast an engine was. */
export interface EngineSpeed {
  /** What computed, in words; empty where it did not start. */
  description: string;
  /** Images a second, one number a round; none after a failure. */
  imagesPerSecond: number[];
  /** Why it could not do it, where it could not. */
  failure?: string;
}

/**
 * Measures how many images a second NN2 trains or embeds on several engines. Each
 * runs in a process of its own, since one process has one set of kernels and V8's
 * flags. They take turns, round by round, so that a slow moment of the machine meets
 * all of them. It needs the permission to run programs.
 *
 * @param engines By a name of your choice. One that cannot do it says why.
 * @throws {RangeError} If a name, a number or an engine is not as described.
 *
 * @example It starts processes, which needs a permission
 * ```ts ignore
 * import assert from "node:assert/strict";
 *
 * const { stock } = await measureSpeed(
 *   { stock: { kernels: "wasm" } },
 *   { task: "train", batch: 4, rounds: 1 },
 * );
 * assert.match(stock!.failure!, /'Conv2DBackpropFilter' not registered/);
 * ```
 */
export async function measureSpeed(
  engines: Readonly<Record<string, Engine>>,
  options: SpeedOptions,
): Promise<Record<string, EngineSpeed>> {
  const action = "measure the speed";
  const { task, batch, rounds, onProgress } = optionsOf(action, options);
  const tasks = { type: "choice", of: ["train", "infer"] } as const;
  checkValue(action, "task", task, tasks);
  const counts = { type: "integer", max: 1000 } as const;
  checkValue(action, "batch", batch, { ...counts, min: 2 });
  checkValue(action, "rounds", rounds, { ...counts, min: 1, max: 100 });
  const launches = Object.entries(optionsOf(action, engines))
    .map(([name, engine]) => launchEngine(name, engine));
  const stop = new AbortController();
  const measured = launches.map((launch) => ({
    name: launch.name,
    runner: startRunner(launch, stop.signal),
    speed: { description: "", imagesPerSecond: [] } as EngineSpeed,
  }));
  let done = 0;
  try {
    // What starts takes time from what is measured.
    await Promise.all(
      measured.map(({ runner, speed }) => describe(runner, speed)),
    );
    for (let round = 0; round < rounds; round++) {
      for (const { runner, speed } of measured) {
        if (speed.failure === undefined) {
          await measureOnce(runner, speed, { task, batch });
        }
        onProgress?.(++done);
      }
    }
  } finally {
    await Promise.all(measured.map(({ runner }) => runner.end()));
  }
  return Object.fromEntries(measured.map(({ name, speed }) => [name, speed]));
}

/** Awaits the engine's start and says what computes, or why nothing does. */
async function describe(runner: Runner, speed: EngineSpeed): Promise<void> {
  try {
    const answer = await runner.ask<EngineSpeed>("describe");
    speed.description = answer.description;
  } catch (error) {
    speed.failure = (error as Error).message;
  }
}

/** Adds a measurement, or why there is none. */
async function measureOnce(
  runner: Runner,
  speed: EngineSpeed,
  { task, batch }: Pick<SpeedOptions, "task" | "batch">,
): Promise<void> {
  try {
    const { seconds } = await runner.ask<Timing>(`${task} 28 ${batch}`);
    speed.imagesPerSecond.push(batch / seconds);
  } catch (error) {
    speed.failure = (error as Error).message;
    speed.imagesPerSecond = [];
  }
}

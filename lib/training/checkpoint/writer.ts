import type { Checkpoint } from "./checkpoint.ts";
import { writeCheckpoint } from "./checkpoint_folder.ts";
import type { StepReport } from "./run_state.ts";
import { callback, path } from "../settings/check_options.ts";

/** Where and how often a run writes checkpoints. The clock decides nothing else. */
export interface CheckpointOptions {
  /** The run's folder; it is made if need be. */
  folder: string;
  /** Steps between two checkpoints (no limit by default). */
  everySteps?: number | undefined;
  /** Seconds between two checkpoints (default 60). */
  everySeconds?: number | undefined;
}

/** What is told something; a promise that it returns is awaited. */
export type Callback<Told extends unknown[]> =
  | ((...told: Told) => unknown)
  | undefined;

/** Who is told of checkpoints. */
export interface CheckpointCallbacks {
  /** Told of each checkpoint that was written. */
  checkpoint?: Callback<[path: string, step: number]>;
  /** Told where a run goes on, with the steps made before. */
  resume?: Callback<[steps: readonly StepReport[], path: string]>;
  /** Told what is wrong where training goes on all the same. */
  warning?: Callback<[message: string]>;
}

/** What is known of the options. */
export const checkpointOptions = {
  folder: { domain: path },
  everySteps: { domain: { type: "integer", min: 1 }, optional: true },
  everySeconds: { domain: { type: "number", above: 0 }, optional: true },
} as const;

/** What is known of the callbacks. */
export const checkpointCallbacks = {
  checkpoint: { domain: callback, optional: true },
  resume: { domain: callback, optional: true },
  warning: { domain: callback, optional: true },
} as const;

/** What a writer of checkpoints asks of a run. */
export interface WrittenRun {
  /** The run's checkpoints that are in the folder, the newest first. */
  earlier: readonly string[];
  /** How many steps are done. */
  step(): number;
  /** All that the run needs to go on. */
  checkpoint(): Promise<Checkpoint>;
}

/** Writes the checkpoints of one run. */
export interface CheckpointWriter {
  /** Writes one if enough steps or seconds have passed since the last. */
  writeIfDue(): Promise<void>;
  /** Writes one if there was a step since the last. */
  write(): Promise<void>;
}

/**
 * Makes what writes a run's checkpoints into a folder. One that cannot be written,
 * for want of room, say, is a warning: the ones before it stay.
 *
 * @throws What `checkpoint` throws, and what the callbacks throw or reject with.
 */
export function createCheckpointWriter(
  { earlier, step, checkpoint }: WrittenRun,
  { folder, everySteps = Infinity, everySeconds = 60 }: CheckpointOptions,
  on: CheckpointCallbacks,
): CheckpointWriter {
  let paths = earlier;
  let written = step();
  let tried = { step: written, time: performance.now() };

  const write = async () => {
    if (step() === written) return;
    const taken = await checkpoint();
    let hindrance: Error | undefined;
    try {
      paths = await writeCheckpoint(folder, taken, paths);
      written = step();
    } catch (error) {
      hindrance = error as Error;
    }
    tried = { step: step(), time: performance.now() };
    if (!hindrance) {
      await on.checkpoint?.(paths[0]!, written);
      return;
    }
    await on.warning?.(
      `Cannot write a checkpoint of step ${step()}: expected room and leave to write in ${folder}, got "${hindrance.message}". ${
        paths.length > 0 ? `The last one is ${paths[0]}` : "There is none yet"
      }`,
    );
  };

  return {
    write,
    async writeIfDue() {
      const isDue = step() - tried.step >= everySteps ||
        performance.now() - tried.time >= 1000 * everySeconds;
      if (isDue) await write();
    },
  };
}

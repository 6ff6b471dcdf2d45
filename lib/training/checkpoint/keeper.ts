import type { Checkpoint } from "./checkpoint.ts";
import { writeCheckpoint } from "./checkpoint_folder.ts";
import { callback, checkOptions } from "../settings/options.ts";

/** How often checkpoints are written. The clock decides nothing else. */
export interface KeepOptions {
  /** Steps between two checkpoints (no limit by default). */
  checkpointSteps?: number | undefined;
  /** Seconds between two checkpoints (default 60). */
  checkpointSeconds?: number | undefined;
  /** Told of each checkpoint that was written; a promise is awaited. */
  onCheckpoint?:
    | ((path: string, step: number) => unknown)
    | undefined;
  /** Told what is wrong where training goes on all the same; a promise is awaited. */
  onWarning?: ((message: string) => unknown) | undefined;
}

/** What is known of each of them. */
export const keepOptions = {
  checkpointSteps: { domain: { type: "integer", min: 1 }, optional: true },
  checkpointSeconds: { domain: { type: "number", above: 0 }, optional: true },
  onCheckpoint: { domain: callback, optional: true },
  onWarning: { domain: callback, optional: true },
} as const;

/** What {@linkcode createKeeper} keeps. */
export interface Kept {
  /** The run's folder. */
  folder: string;
  /** The run's checkpoints that are in the folder, the newest first. */
  earlier: readonly string[];
  /** How many steps are done. */
  step(): number;
  /** All there is to keep. */
  checkpoint(): Checkpoint;
}

/** Writes the checkpoints of one run. */
export interface Keeper {
  /** Writes one if enough steps or seconds have passed since the last. */
  whenDue(): Promise<void>;
  /** Writes one if there is anything new to keep. */
  now(): Promise<void>;
}

/**
 * Makes what keeps a run in a folder. A checkpoint that cannot be written, for
 * want of room, say, is a warning: the ones before it stay.
 *
 * @throws What `checkpoint` throws, and what the callbacks throw or reject with.
 */
export function createKeeper(
  { folder, earlier, step, checkpoint }: Kept,
  options: KeepOptions,
): Keeper {
  const { checkpointSteps = Infinity, checkpointSeconds = 60 } = options;
  let paths = earlier;
  let kept = step();
  let tried = { step: kept, time: performance.now() };

  const now = async () => {
    if (step() === kept) return;
    const taken = checkpoint();
    let hindrance: Error | undefined;
    try {
      paths = await writeCheckpoint(folder, taken, paths);
      kept = step();
    } catch (error) {
      hindrance = error as Error;
    }
    tried = { step: step(), time: performance.now() };
    if (!hindrance) {
      await options.onCheckpoint?.(paths[0]!, kept);
      return;
    }
    await options.onWarning?.(
      `Cannot write a checkpoint of step ${step()}: expected room and leave to write in ${folder}, got "${hindrance.message}". ${
        paths.length > 0 ? `The last one is ${paths[0]}` : "There is none yet"
      }`,
    );
  };

  return {
    now,
    async whenDue() {
      const isDue = step() - tried.step >= checkpointSteps ||
        performance.now() - tried.time >= 1000 * checkpointSeconds;
      if (isDue) await now();
    },
  };
}

/** @throws {RangeError} If an option is unknown or has a value that it may not have. */
export function checkKeepOptions(options: KeepOptions): void {
  checkOptions("keep checkpoints", "option", options, keepOptions);
}

import { basename, dirname, join } from "node:path";
import { checkDataset } from "../../digits/dataset.ts";
import { within } from "../../numeric/refuse.ts";
import type { FoundCheckpoint } from "../checkpoint/checkpoint_folder.ts";
import type { Validation } from "../checkpoint/run_state.ts";
import { fingerprint } from "../checkpoint/stored_run.ts";
import {
  type CheckpointCallbacks,
  type CheckpointOptions,
  type CheckpointWriter,
  createCheckpointWriter,
} from "../checkpoint/writer.ts";
import { checkContinues, checkVacant } from "./continue.ts";
import { createRun, type TrainingRun } from "./run.ts";
import type { RunOptions } from "./start.ts";

/** What a run trains, and where it writes checkpoints. */
export interface CheckpointedRunOptions extends Omit<RunOptions, "from"> {
  /** Without these, no checkpoints are written. */
  checkpoints?: CheckpointOptions | undefined;
  /** Where to go on. */
  found?: FoundCheckpoint | undefined;
  on?: CheckpointCallbacks | undefined;
}

/** A run that writes checkpoints. */
export interface CheckpointedRun extends TrainingRun, CheckpointWriter {
  /** The measurements so far; what is added is written too. */
  validations: Validation[];
}

/**
 * Makes sure that {@linkcode createCheckpointedRun} can begin or go on, before a
 * network is made for it.
 *
 * @throws {RangeError} If the run cannot go on from what was found, or the folder
 * holds another one that has not ended.
 */
export async function checkStart(
  { checkpoints, found, on, settings, dataset }: Omit<
    CheckpointedRunOptions,
    "model" | "random"
  >,
): Promise<void> {
  checkDataset("train", dataset);
  for (const message of found?.damaged ?? []) await on?.warning?.(message);
  if (found) checkContinues(found, settings, dataset);
  if (!checkpoints || await isOwn(checkpoints.folder, found)) return;
  await checkVacant(checkpoints.folder);
}

/**
 * Begins or continues a run, as `createRun` does, with checkpoints in a folder.
 *
 * @throws {RangeError} As `createRun`.
 */
export async function createCheckpointedRun(
  { checkpoints, found, on = {}, ...options }: CheckpointedRunOptions,
): Promise<CheckpointedRun> {
  const { dataset, settings } = options;
  const from = found?.checkpoint;
  const isContinued = checkpoints && await isOwn(checkpoints.folder, found);
  // Whatever may fail comes first: nobody would end a run that was not given away.
  const images = checkpoints ? fingerprint(dataset) : 0;
  const validations = [...from?.validations ?? []];
  const run = found
    ? within(`resume ${found.path}`, () => createRun({ ...options, from }))
    : createRun(options);
  if (!checkpoints) {
    const nothing = async () => {};
    return { ...run, validations, writeIfDue: nothing, write: nothing };
  }
  const { folder } = checkpoints;
  const writer = createCheckpointWriter(
    {
      earlier: isContinued
        ? found!.paths.map((path) => join(folder, basename(path)))
        : [],
      step: () => run.steps.length,
      checkpoint: async () => {
        // Those of the step, if more are measured meanwhile.
        const rest = { settings, images, validations: [...validations] };
        return { ...await run.state(), ...rest };
      },
    },
    checkpoints,
    on,
  );
  return { ...run, ...writer, validations };
}

/** Whether what was found is in the folder, however its path is written. */
async function isOwn(
  folder: string,
  found: FoundCheckpoint | undefined,
): Promise<boolean> {
  if (!found) return false;
  const [real, other] = await Promise.all(
    [folder, dirname(found.path)].map((path) =>
      Deno.realPath(path).catch(() => undefined)
    ),
  );
  return real !== undefined && real === other;
}

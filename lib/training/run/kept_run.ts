import { basename, dirname, join } from "node:path";
import { checkDataset } from "../../digits/dataset.ts";
import type { FoundCheckpoint } from "../checkpoint/checkpoint_folder.ts";
import { checkContinues, checkVacant } from "./continue.ts";
import { fingerprint } from "../checkpoint/fingerprint.ts";
import {
  checkKeepOptions,
  createKeeper,
  type Keeper,
  type KeepOptions,
} from "../checkpoint/keeper.ts";
import { createRun, type Run, type RunOptions } from "./run.ts";
import type { Validation } from "../checkpoint/validation.ts";

/** What {@linkcode createKeptRun} trains and where it keeps it. */
export interface KeptRunOptions extends Omit<RunOptions, "from"> {
  place: Place;
  keeping: KeepOptions;
}

/** Where a run is kept, and where it goes on. */
export interface Place {
  /** The folder for checkpoints; without it, none are written. */
  folder?: string | undefined;
  /** Where to go on. */
  found?: FoundCheckpoint | undefined;
}

/** A run whose checkpoints are kept in a folder. */
export interface KeptRun extends Run, Keeper {
  /** The measurements so far; what is added is kept too. */
  validations: Validation[];
}

/**
 * Makes sure that {@linkcode createKeptRun} can begin or go on, before a network
 * is made for it.
 *
 * @throws {RangeError} If an option is out of range, the run cannot go on from
 * what was found, or the folder holds another one that has not ended.
 */
export async function checkPlace(
  { folder, found }: Place,
  { settings, dataset, keeping }: Pick<
    KeptRunOptions,
    "settings" | "dataset" | "keeping"
  >,
): Promise<void> {
  checkKeepOptions(keeping);
  checkDataset("train", dataset);
  for (const message of found?.damaged ?? []) {
    await keeping.onWarning?.(message);
  }
  if (found) checkContinues(found, settings, dataset);
  if (folder === undefined || await isOwn(folder, found)) return;
  await checkVacant(folder);
}

/**
 * Begins or continues a run, as `createRun` does, that is kept in a folder.
 *
 * @throws {RangeError} As `createRun`.
 */
export async function createKeptRun(
  { place: { folder, found }, keeping, ...options }: KeptRunOptions,
): Promise<KeptRun> {
  const { dataset, settings } = options;
  const from = found?.checkpoint;
  const isContinued = folder !== undefined && await isOwn(folder, found);
  // Whatever may fail comes first: nobody would end a run that was not given away.
  const images = folder === undefined ? 0 : fingerprint(dataset);
  const validations = [...from?.validations ?? []];
  const run = resuming(found, () => createRun({ ...options, from }));
  if (folder === undefined) {
    const nothing = async () => {};
    return { ...run, validations, whenDue: nothing, now: nothing };
  }
  const keeper = createKeeper({
    folder,
    earlier: isContinued
      ? found!.paths.map((path) => join(folder, basename(path)))
      : [],
    step: () => run.steps.length,
    checkpoint: () => ({ ...run.state(), settings, images, validations }),
  }, keeping);
  return { ...run, ...keeper, validations };
}

/** Errors about a checkpoint's content say which file it is. */
function resuming<T>(found: FoundCheckpoint | undefined, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!found || !(cause instanceof RangeError)) throw cause;
    throw new RangeError(`Cannot resume ${found.path}: ${cause.message}`, {
      cause,
    });
  }
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

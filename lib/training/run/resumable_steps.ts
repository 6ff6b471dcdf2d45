import type * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../../digits/dataset.ts";
import type { Random } from "../../numeric/random.ts";
import {
  checkpointsIn,
  readCheckpoint,
} from "../checkpoint/checkpoint_folder.ts";
import { closeRun } from "./close_run.ts";
import { type KeepOptions, keepOptions } from "../checkpoint/keeper.ts";
import { checkPlace, createKeptRun } from "./kept_run.ts";
import type { StepReport } from "../checkpoint/run_state.ts";
import { checkSettings } from "../settings/check.ts";
import { callback, checkOptions, path, signal } from "../settings/options.ts";
import type { Settings } from "../settings/schema.ts";

/** Where and how {@linkcode resumableSteps} keeps its run. */
export interface ResumableOptions extends KeepOptions {
  /** The run's folder; it is made if need be. */
  folder: string;
  /** Ends the loop after the running step once it is aborted. */
  signal?: AbortSignal | undefined;
  /** Told of the steps made before, where there were any; a promise is awaited. */
  onResume?:
    | ((steps: readonly StepReport[], path: string) => unknown)
    | undefined;
}

const knownOptions = {
  ...keepOptions,
  folder: { domain: path },
  signal: { domain: signal, optional: true },
  onResume: { domain: callback, optional: true },
} as const;

/**
 * Trains a network step by step as {@linkcode trainingSteps} does, and keeps the
 * run in a folder: where the folder holds one, it goes on. So a notebook's cell
 * can be stopped and run again, also in a kernel that was restarted, and the
 * weights are those of a run that was never stopped, to the last bit.
 *
 * The loop ends with its budget, its signal or a `break`, each with a
 * checkpoint. A later call may have another budget; with the schedule
 * "constant" that makes one long run of several short ones. To begin anew,
 * choose another folder or remove it. Layers that are frozen must be so in every
 * call, before it.
 *
 * @param model Gets the weights of the run; stays the caller's.
 * @param random Decides the batches of a new run.
 * @throws {RangeError} As {@linkcode trainingSteps}; or if the folder's run has
 * other settings or images, has spent the new budget, or was written by a newer
 * version of this library.
 * @throws {SyntaxError} If every checkpoint of the folder is damaged.
 * @throws What a callback throws, or rejects with; and of two errors the first.
 * However it ends, nothing but the model is held any longer.
 *
 * @example Five minutes now, and five more whenever the cell runs again
 * ```ts ignore
 * const stop = new AbortController(); // stop.abort() ends the loop
 * const options = { folder: "out/lesson", signal: stop.signal };
 * const model = createNN2({ seed: 1 });
 * const settings = settle("full", { steps: 2000 });
 * const started = performance.now();
 * for await (
 *   const { step, loss } of resumableSteps(
 *     model,
 *     digits.train,
 *     settings,
 *     createRandom(1),
 *     options,
 *   )
 * ) {
 *   console.log(step, loss);
 *   if (performance.now() - started > 300_000) break;
 * }
 * ```
 */
export async function* resumableSteps(
  model: tf.LayersModel,
  dataset: Dataset,
  settings: Settings,
  random: Random,
  options: ResumableOptions,
): AsyncGenerator<StepReport, void> {
  checkOptions("keep a run", "option", options, knownOptions);
  checkSettings("train", settings);
  const { folder, signal, onResume, ...keeping } = options;
  const hasRun = (await checkpointsIn(folder)).length > 0;
  const found = hasRun ? await readCheckpoint(folder) : undefined;
  const place = { folder, found };
  const how = { model, dataset, settings, random, place, keeping };
  await checkPlace(place, how);
  const run = await createKeptRun(how);
  // A step that failed half way is not the state of any run.
  const end = { isSound: true, failed: false };
  try {
    if (found) await onResume?.(run.steps, found.path);
    while (run.progress() < 1 && !signal?.aborted) {
      end.isSound = false;
      const report = await run.next();
      end.isSound = true;
      yield report;
      await run.whenDue();
    }
  } catch (error) {
    end.failed = true;
    throw error;
  } finally {
    await closeRun(run, end);
  }
}

import type * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../../digits/dataset.ts";
import type { Random } from "../../numeric/random.ts";
import {
  checkpointsIn,
  readCheckpoint,
} from "../checkpoint/checkpoint_folder.ts";
import type { StepReport } from "../checkpoint/run_state.ts";
import {
  type CheckpointCallbacks,
  checkpointCallbacks,
  type CheckpointOptions,
  checkpointOptions,
} from "../checkpoint/writer.ts";
import { completeSettings } from "../settings/complete.ts";
import { checkOptions, record, signal } from "../settings/check_options.ts";
import type { Settings, SettingsByRule } from "../settings/schema.ts";
import { checkStart, createCheckpointedRun } from "./checkpointed_run.ts";
import { type KeepOptions, withoutFormerCallbacks } from "./former_options.ts";
import { runSteps } from "./steps.ts";

/** A run's folder, how often it is written to, and what ends the loop early. */
export interface ResumableOptions extends CheckpointOptions, KeepOptions {
  /** Ends the loop after the running step once it is aborted. */
  signal?: AbortSignal | undefined;
  /** Who is told of the run. */
  on?: CheckpointCallbacks | undefined;
}

const knownOptions = {
  ...checkpointOptions,
  signal: { domain: signal, optional: true },
  on: { domain: record, optional: true },
} as const;

/**
 * Trains a network step by step as {@linkcode trainingSteps} does, and writes
 * checkpoints into a folder: where the folder holds some, it goes on. So a notebook's cell
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
 * const settings = resolveSettings("full", { steps: 2000 });
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
  settings: Settings | SettingsByRule,
  random: Random,
  options: ResumableOptions,
): AsyncGenerator<StepReport, void> {
  const { signal, on, ...checkpoints } = readOptions(options);
  const { folder } = checkpoints;
  // Before the folder is read: what is wrong with the settings needs no file.
  const complete = completeSettings("train", settings);
  const hasRun = (await checkpointsIn(folder)).length > 0;
  const found = hasRun ? await readCheckpoint(folder) : undefined;
  const start = { settings: complete, dataset, checkpoints, found, on };
  await checkStart(start);
  const run = await createCheckpointedRun({ ...start, model, random });
  try {
    if (found) await on.resume?.(run.steps, found.path);
    yield* runSteps(run, signal);
  } finally {
    run.dispose();
  }
}

function readOptions(options: ResumableOptions) {
  const action = "resume a run";
  const { callbacks, others } = withoutFormerCallbacks(action, options);
  const { checkpointSteps, checkpointSeconds, ...rest } = others;
  const present = {
    everySteps: checkpointSteps,
    everySeconds: checkpointSeconds,
    ...rest,
  };
  checkOptions(action, "option", present, knownOptions);
  const on: CheckpointCallbacks = { ...callbacks, ...options.on };
  checkOptions(action, "callback", on, checkpointCallbacks);
  return { ...present as ResumableOptions, on };
}

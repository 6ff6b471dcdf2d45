import type * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../../digits/dataset.ts";
import type { Random } from "../../numeric/random.ts";
import type { StepReport } from "../checkpoint/run_state.ts";
import { completeSettings } from "../settings/complete.ts";
import type { Settings, SettingsByRule } from "../settings/schema.ts";
import {
  type CheckpointedRun,
  createCheckpointedRun,
} from "./checkpointed_run.ts";

/**
 * Trains until the budget is spent or the signal aborted, with checkpoints on the
 * way and one at the end, also where the loop is left. The one loop of all runs.
 *
 * @throws {RangeError} As `TrainingRun.next`: no checkpoint is written of a step that failed
 * half way.
 * @throws What hinders a checkpoint; of two errors the first one, which tells why.
 */
export async function* runSteps(
  run: CheckpointedRun,
  signal?: AbortSignal,
): AsyncGenerator<StepReport, void> {
  let isWhole = true;
  let hasFailed = false;
  try {
    while (run.progress() < 1 && !signal?.aborted) {
      isWhole = false;
      const report = await run.next();
      isWhole = true;
      yield report;
      await run.writeIfDue();
    }
  } catch (error) {
    hasFailed = true;
    throw error;
  } finally {
    if (isWhole) {
      await run.write().catch((error) => {
        if (!hasFailed) throw error;
      });
    }
  }
}

/**
 * Trains a network step by step until the budget of the settings is spent, as
 * a loop that the caller may leave at any step.
 *
 * @param model Its weights change; stays the caller's.
 * @param random Draws the batches.
 * @throws {RangeError} As `createRun`; or if the loss or a weight stops being a
 * number. However the loop ends, nothing but the model is held any longer.
 *
 * @example
 * ```ts ignore
 * for await (const { step, loss } of trainingSteps(model, digits, settings, random)) {
 *   console.log(step, loss);
 * }
 * ```
 */
export async function* trainingSteps(
  model: tf.LayersModel,
  dataset: Dataset,
  settings: Settings | SettingsByRule,
  random: Random,
): AsyncGenerator<StepReport, void> {
  const run = await createCheckpointedRun({
    ...{ model, dataset, random },
    settings: completeSettings("train", settings),
  });
  try {
    yield* runSteps(run);
  } finally {
    run.dispose();
  }
}

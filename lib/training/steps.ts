import type * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../digits/dataset.ts";
import type { Random } from "../random.ts";
import { createRun } from "./run.ts";
import type { StepReport } from "./run_state.ts";
import type { Settings } from "./settings.ts";

/**
 * Trains a network step by step until the budget of the settings is spent, as
 * a loop that the caller may leave at any step.
 *
 * @param model Its weights change; stays the caller's.
 * @param random Draws the batches.
 * @throws {RangeError} If the settings have no budget, the dataset is too small
 * for the batches, or the loss or a weight stops being a number.
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
  settings: Settings,
  random: Random,
): AsyncGenerator<StepReport, void> {
  const run = await createRun({ model, dataset, settings, random });
  try {
    while (run.progress() < 1) {
      const report = await run.next();
      run.sync();
      yield report;
    }
  } finally {
    run.dispose();
  }
}

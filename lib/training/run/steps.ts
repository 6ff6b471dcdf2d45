import type * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../../digits/dataset.ts";
import type { Random } from "../../numeric/random.ts";
import { createRun } from "./run.ts";
import type { StepReport } from "../checkpoint/run_state.ts";
import type { Settings } from "../settings/schema.ts";

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
  settings: Settings,
  random: Random,
): AsyncGenerator<StepReport, void> {
  const run = createRun({ model, dataset, settings, random });
  try {
    while (run.progress() < 1) {
      yield await run.next();
    }
  } finally {
    run.dispose();
  }
}

import { useBackend } from "../backends/use_backend.ts";
import { drawPerClass } from "../digits/classes.ts";
import { loadMnist } from "../digits/mnist.ts";
import { divideForRun, runSeeds } from "../digits/run_data.ts";
import { checkBalancedBatches } from "../digits/balanced_batches.ts";
import { createNN2 } from "../nn2/model.ts";
import { createRandom } from "../numeric/random.ts";
import { refuse } from "../numeric/refuse.ts";
import {
  type FoundCheckpoint,
  readCheckpoint,
} from "../training/checkpoint/checkpoint_folder.ts";
import {
  checkStart,
  createCheckpointedRun,
} from "../training/run/checkpointed_run.ts";
import { continueSettings } from "../training/run/continue.ts";
import { resolveSettings } from "../training/settings/settings.ts";
import { renewStatistics } from "../training/step/renew_statistics.ts";
import { loadWeights } from "../training/weights/weights.ts";
import { fit } from "./fit.ts";
import { measureValidation, measureWithBaselines } from "./measure_run.ts";
import {
  planOf,
  type TrainOptions,
  type TrainPlan,
  type TrainResult,
} from "./train_options.ts";

/**
 * Trains NN2 on MNIST, from fresh or given weights or on from a checkpoint, and
 * evaluates it on the test images.
 *
 * A twelfth of the training images, 5,000 of MNIST's 60,000, is set aside for
 * validation; test images influence nothing. Digits that are left out are in neither
 * part, and the accuracies at the end are those of the other digits. A seed and
 * settings give the same weights on one machine, unless the budget is in seconds,
 * and however often the run was stopped and continued.
 *
 * @throws {RangeError} If an option is unknown or has a value that it may not have,
 * a setting is not that of the run to continue, a class has fewer than 100 images
 * for its centroid, the folder for checkpoints holds a run that has not ended, or the
 * loss or a weight stops being a number.
 * @throws {SyntaxError} If every checkpoint to continue from is damaged, or the
 * weights are.
 * @throws {Deno.errors.NotFound} If there is none, or no file of weights.
 * @throws The signal's reason, if it was aborted; and what a callback throws or
 * rejects with. Nothing is held any longer then.
 *
 * @example
 * ```ts ignore
 * const { model, reports } = await train({
 *   preset: "quick",
 *   settings: { steps: 100 },
 *   on: { step: ({ step, loss }) => console.log(step, loss) },
 * });
 * console.log(reports.trained.accuracy);
 * ```
 */
export async function train(options: TrainOptions = {}): Promise<TrainResult> {
  const plan = planOf(options);
  const { on, preset, weights, checkpoints } = plan;
  const found = await findCheckpoint(plan);
  const settings = found
    ? continueSettings(found.checkpoint.settings, preset, plan.settings)
    : resolveSettings(preset ?? "quick", plan.settings);
  const backend = await useBackend(settings.backend);
  const seeds = runSeeds(settings.seed);
  const mnist = plan.data ?? await loadMnist();
  const { validationImages, leaveOut } = settings;
  const data = divideForRun(mnist, seeds, validationImages, leaveOut);
  const start = { settings, dataset: data.train, checkpoints, found, on };
  // What fails does it now, not after the training or within it: too few classes or
  // images, a folder in use.
  drawPerClass(data.train.labels, 100, createRandom(seeds.centroids));
  await checkStart(start);
  checkBalancedBatches({ ...settings, labels: data.train.labels });

  const model = createNN2({ ...settings, seed: seeds.weights });
  const trained = { model, settings, seeds, data };
  try {
    if (weights !== undefined) await loadWeights(weights, model);
    const random = createRandom(seeds.batches);
    const run = await createCheckpointedRun({ ...start, model, random });
    try {
      await on.backend?.(backend);
      if (found) await on.resume?.(run.steps, found.path);
      await fit(run, settings, () => measureValidation(trained), plan);
      if (settings.augmentation !== "none") {
        const random = createRandom(seeds.batches);
        renewStatistics(model, data.train, settings, random);
      }
      await on.trained?.(model, settings);
      const reports = await measureWithBaselines(trained, on.evaluation);
      const { steps, validations, threads } = run;
      return {
        ...{ model, backend, steps, validations, reports },
        settings: { ...settings, threads },
      };
    } finally {
      run.dispose();
    }
  } catch (error) {
    model.dispose();
    throw error;
  }
}

async function findCheckpoint(
  { resume = false, checkpoints, weights }: TrainPlan,
): Promise<FoundCheckpoint | undefined> {
  if (resume === false) return undefined;
  const path = resume === true ? checkpoints?.folder : resume;
  if (path === undefined) refuse("resume", "a folder for checkpoints", "none");
  const found = await readCheckpoint(path);
  if (weights === undefined) return found;
  refuse(
    `resume ${found.path} with other weights`,
    "none to be given",
    weights,
  );
}

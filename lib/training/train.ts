import { useBackend } from "../backends/use_backend.ts";
import { drawPerClass } from "../digits/classes.ts";
import { loadMnist } from "../digits/mnist.ts";
import { evaluateWithBaselines } from "../evaluation/baselines.ts";
import { evaluateCentroids } from "../evaluation/evaluate_centroids.ts";
import { createNN2 } from "../nn2/model.ts";
import { createRandom } from "../random.ts";
import { type FoundCheckpoint, readCheckpoint } from "./checkpoint_folder.ts";
import { continueSettings } from "./continue.ts";
import { divideForRun, runSeeds } from "./data.ts";
import { fit } from "./fit.ts";
import { checkPlace, createKeptRun } from "./kept_run.ts";
import { renewStatistics } from "./renew_statistics.ts";
import { settle } from "./settings.ts";
import type { TrainOptions, TrainResult } from "./train_options.ts";
import { loadWeights } from "./weights.ts";

/**
 * Trains NN2 on MNIST, from fresh or given weights or on from a checkpoint, and
 * evaluates it on the test images.
 *
 * A twelfth of the training images, 5,000 of MNIST's 60,000, is set aside for
 * validation; test images influence nothing. A seed and settings give the same
 * weights on one machine, unless the budget is in seconds, and however often
 * the run was stopped and continued.
 *
 * @throws {RangeError} If a setting is out of range or not that of the run to
 * continue, a class has fewer than 100 images for its centroid, the folder for
 * checkpoints holds a run that has not ended, or the loss or a weight stops
 * being a number.
 * @throws {SyntaxError} If every checkpoint to continue from is damaged, or the
 * weights are.
 * @throws {Deno.errors.NotFound} If there is none, or no file of weights.
 * @throws The signal's reason, if it was aborted.
 *
 * @example
 * ```ts ignore
 * const { model, reports } = await train({ preset: "quick", steps: 100 });
 * console.log(reports.trained.accuracy);
 * ```
 */
export async function train(options: TrainOptions = {}): Promise<TrainResult> {
  const { plan, changes } = divide(options);
  const { checkpoints: folder, data, weights } = plan;
  const { onResume, onTrained, onEvaluation } = plan;
  const found = await findRun(plan.resume ?? false, folder);
  if (found && weights !== undefined) {
    throw new RangeError(
      `Cannot resume ${found.path} with other weights: expected none to be given, got ${weights}`,
    );
  }
  const settings = found
    ? continueSettings(found.checkpoint.settings, plan.preset, changes)
    : settle(plan.preset ?? "quick", changes);
  const backend = await useBackend(settings.backend);
  const seeds = runSeeds(settings.seed);
  const digits = divideForRun(
    data ?? await loadMnist(),
    seeds,
    settings.validationImages,
  );
  const { inputSize, binarize } = settings;
  const evaluation = (workers: number) => ({
    inputSize,
    binarize,
    batchSize: inputSize === 28 ? 125 : 20,
    batchesAtOnce: workers,
    random: createRandom(seeds.centroids),
  });

  // Both fail now, not after the training: too few images, a folder in use.
  drawPerClass(digits.train.labels, 100, createRandom(seeds.centroids));
  const place = { folder, found };
  const kept = { settings, dataset: digits.train, keeping: plan };
  await checkPlace(place, kept);

  const freshNetwork = () => createNN2({ ...settings, seed: seeds.weights });
  const model = freshNetwork();
  try {
    if (weights !== undefined) await loadWeights(weights, model);
    const random = createRandom(seeds.batches);
    const run = await createKeptRun({ model, random, place, ...kept });
    const { steps, validations, workers, embedBy } = run;
    const measure = async () => {
      const data = { train: digits.train, test: digits.validation };
      const how = evaluation(workers);
      return (await evaluateCentroids(embedBy(model), data, how)).accuracy;
    };
    const evaluate = async () => {
      const untrained = freshNetwork();
      try {
        return await evaluateWithBaselines(
          { trained: embedBy(model), untrained: embedBy(untrained) },
          digits,
          {
            ...evaluation(workers),
            untrainedImages: 2000,
            ...(onEvaluation && { onProgress: onEvaluation }),
          },
        );
      } finally {
        untrained.dispose();
      }
    };
    try {
      if (found) onResume?.(steps, found.path);
      await fit(run, settings, measure, plan);
      if (settings.augmentation !== "none") {
        const random = createRandom(seeds.batches);
        renewStatistics(model, digits.train, settings, random);
      }
      await onTrained?.(model, settings);
      return {
        model,
        settings: { ...settings, workers },
        backend,
        steps,
        validations,
        reports: await evaluate(),
      };
    } finally {
      run.dispose();
    }
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** Tells the settings of a run from what else `train` is told. */
function divide({
  preset,
  data,
  weights,
  checkpoints,
  resume,
  checkpointSteps,
  checkpointSeconds,
  onCheckpoint,
  onWarning,
  onResume,
  onStep,
  onValidation,
  onTrained,
  onEvaluation,
  signal,
  stopOnCollapse,
  ...changes
}: TrainOptions) {
  const keeping = {
    checkpointSteps,
    checkpointSeconds,
    onCheckpoint,
    onWarning,
  };
  const told = { onResume, onStep, onValidation, onTrained, onEvaluation };
  const plan = { preset, data, weights, checkpoints, resume };
  const ending = { signal, stopOnCollapse };
  return { plan: { ...keeping, ...told, ...plan, ...ending }, changes };
}

async function findRun(
  resume: boolean | string,
  folder: string | undefined,
): Promise<FoundCheckpoint | undefined> {
  if (resume === false) return undefined;
  const path = resume === true ? folder : resume;
  if (path === undefined) {
    throw new RangeError(
      "Cannot resume: expected a folder for checkpoints, got none",
    );
  }
  return await readCheckpoint(path);
}

import { useBackend } from "../backends/use_backend.ts";
import { drawPerClass } from "../digits/classes.ts";
import { loadMnist } from "../digits/mnist.ts";
import { checkBalancedBatches } from "../digits/sampler.ts";
import { evaluateWithBaselines } from "../evaluation/classification/baselines.ts";
import { evaluateCentroids } from "../evaluation/classification/evaluate_centroids.ts";
import { networkEmbed } from "../nn2/embed.ts";
import { createNN2 } from "../nn2/model.ts";
import { refuse } from "../numeric/refuse.ts";
import { createRandom } from "../numeric/random.ts";
import {
  type FoundCheckpoint,
  readCheckpoint,
} from "../training/checkpoint/checkpoint_folder.ts";
import { continueSettings } from "../training/run/continue.ts";
import { divideForRun, runSeeds } from "../digits/run_data.ts";
import { fit } from "./fit.ts";
import { checkPlace, createKeptRun } from "../training/run/kept_run.ts";
import { renewStatistics } from "../training/step/renew_statistics.ts";
import { settle } from "../training/settings/settings.ts";
import {
  divideOptions,
  type TrainOptions,
  type TrainResult,
} from "./train_options.ts";
import { loadWeights } from "../training/weights/weights.ts";

/**
 * Trains NN2 on MNIST, from fresh or given weights or on from a checkpoint, and
 * evaluates it on the test images.
 *
 * A twelfth of the training images, 5,000 of MNIST's 60,000, is set aside for
 * validation; test images influence nothing. A seed and settings give the same
 * weights on one machine, unless the budget is in seconds, and however often
 * the run was stopped and continued.
 *
 * @throws {RangeError} If an option is unknown or has a value that it may not have,
 * a setting is not that of the run to continue, a class has fewer than 100 images for its centroid, the folder for
 * checkpoints holds a run that has not ended, or the loss or a weight stops
 * being a number.
 * @throws {SyntaxError} If every checkpoint to continue from is damaged, or the
 * weights are.
 * @throws {Deno.errors.NotFound} If there is none, or no file of weights.
 * @throws The signal's reason, if it was aborted; and what a callback throws or
 * rejects with. Nothing is held any longer then.
 *
 * @example
 * ```ts ignore
 * const { model, reports } = await train({ preset: "quick", steps: 100 });
 * console.log(reports.trained.accuracy);
 * ```
 */
export async function train(options: TrainOptions = {}): Promise<TrainResult> {
  const { plan, keeping, changes } = divideOptions(options);
  const { checkpoints: folder, data, weights } = plan;
  const { onResume, onTrained, onEvaluation } = plan;
  const found = await findRun(plan.resume ?? false, folder);
  if (found && weights !== undefined) {
    refuse(
      `resume ${found.path} with other weights`,
      "none to be given",
      weights,
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
  const evaluation = () => ({
    inputSize,
    binarize,
    batchSize: inputSize === 28 ? 250 : 20,
    random: createRandom(seeds.centroids),
  });

  // What fails does it now, not after the training or within it: too few classes or
  // images, a folder in use.
  drawPerClass(digits.train.labels, 100, createRandom(seeds.centroids));
  const place = { folder, found };
  const kept = { settings, dataset: digits.train, keeping };
  await checkPlace(place, kept);
  checkBalancedBatches({ ...settings, labels: digits.train.labels });

  const freshNetwork = () => createNN2({ ...settings, seed: seeds.weights });
  const model = freshNetwork();
  try {
    if (weights !== undefined) await loadWeights(weights, model);
    const random = createRandom(seeds.batches);
    const run = await createKeptRun({ model, random, place, ...kept });
    const { steps, validations, threads } = run;
    const measure = async () => {
      const data = { train: digits.train, test: digits.validation };
      const how = evaluation();
      return (await evaluateCentroids(networkEmbed(model), data, how)).accuracy;
    };
    const evaluate = async () => {
      const untrained = freshNetwork();
      try {
        return await evaluateWithBaselines(
          { trained: networkEmbed(model), untrained: networkEmbed(untrained) },
          digits,
          {
            ...evaluation(),
            untrainedImages: 2000,
            ...(onEvaluation && { onProgress: onEvaluation }),
          },
        );
      } finally {
        untrained.dispose();
      }
    };
    try {
      if (found) await onResume?.(steps, found.path);
      await fit(run, settings, measure, { ...plan, ...keeping });
      if (settings.augmentation !== "none") {
        const random = createRandom(seeds.batches);
        renewStatistics(model, digits.train, settings, random);
      }
      await onTrained?.(model, settings);
      return {
        model,
        settings: { ...settings, threads },
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

async function findRun(
  resume: boolean | string,
  folder: string | undefined,
): Promise<FoundCheckpoint | undefined> {
  if (resume === false) return undefined;
  const path = resume === true ? folder : resume;
  if (path === undefined) {
    refuse("resume", "a folder for checkpoints", "none");
  }
  return await readCheckpoint(path);
}

import type * as tf from "@tensorflow/tfjs";
import {
  type BackendDescription,
  useBackend,
} from "../backends/use_backend.ts";
import { drawPerClass } from "../digits/classes.ts";
import { loadMnist, type Mnist } from "../digits/mnist.ts";
import {
  type BaselineReports,
  evaluateWithBaselines,
} from "../evaluation/baselines.ts";
import { evaluateCentroids } from "../evaluation/evaluate_centroids.ts";
import { createNN2 } from "../nn2/model.ts";
import { networkEmbed } from "../nn2/embed.ts";
import { createRandom } from "../random.ts";
import { divideForRun, runSeeds } from "./data.ts";
import { type PresetName, type Settings, settle } from "./settings.ts";
import { type StepReport, trainingSteps } from "./steps.ts";

/** How {@linkcode train} trains: a preset, changes to it, and who is told. */
export interface TrainOptions extends Partial<Settings> {
  /** The settings that the other options change (default "quick"). */
  preset?: PresetName;
  /** The digits (default MNIST, by `loadMnist`). */
  data?: Mnist;
  /** Called and awaited after each step. */
  onStep?: (step: StepReport) => void | Promise<void>;
  /** Called and awaited after each measurement on validation images. */
  onValidation?: (validation: Validation) => void | Promise<void>;
  /** Called and awaited after training, before the evaluation. */
  onTrained?: (
    model: tf.LayersModel,
    settings: Settings,
  ) => void | Promise<void>;
  /** Told how many images of the final evaluation are done. */
  onEvaluation?: (done: number, total: number) => void | Promise<void>;
  /** Ends training, not the evaluation after it, once it is aborted. */
  signal?: AbortSignal;
}

/** A measurement in the course of training. */
export interface Validation {
  step: number;
  /** Nearest-centroid accuracy on validation images, in [0, 1]. */
  accuracy: number;
  /** Seconds of training until then. */
  seconds: number;
}

/** What a run gives. */
export interface TrainResult {
  /** The trained network; the caller disposes it. */
  model: tf.LayersModel;
  settings: Settings;
  backend: BackendDescription;
  steps: StepReport[];
  validations: Validation[];
  /** On all test images, with the two baselines. */
  reports: BaselineReports;
}

/**
 * Trains NN2 on MNIST from fresh weights and evaluates it on the test images.
 *
 * A twelfth of the training images, 5,000 of MNIST's 60,000, is set aside for
 * validation; test images influence nothing. A seed and settings give the same
 * weights on one machine, unless the budget is in seconds.
 *
 * @throws {RangeError} If a setting is out of range, a class has fewer than 100
 * images for its centroid, or the loss stops being a number.
 *
 * @example
 * ```ts ignore
 * const { model, reports } = await train({ preset: "quick", steps: 100 });
 * console.log(reports.trained.accuracy);
 * ```
 */
export async function train(options: TrainOptions = {}): Promise<TrainResult> {
  const {
    preset = "quick",
    data,
    onStep,
    onValidation,
    onTrained,
    onEvaluation,
    signal,
    ...changes
  } = options;
  const settings = settle(preset, changes);
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

  // Fails now, not after the training, if there are too few images.
  drawPerClass(digits.train.labels, 100, createRandom(seeds.centroids));

  const model = createNN2({ ...settings, seed: seeds.weights });
  const untrained = createNN2({ ...settings, seed: seeds.weights });
  const steps: StepReport[] = [];
  const validations: Validation[] = [];
  const validate = async ({ step, seconds }: StepReport) => {
    const report = await evaluateCentroids(
      networkEmbed(model),
      { train: digits.train, test: digits.validation },
      evaluation(),
    );
    validations.push({ step, seconds, accuracy: report.accuracy });
    await onValidation?.(validations.at(-1)!);
  };
  const batches = createRandom(seeds.batches);
  try {
    for await (
      const step of trainingSteps(model, digits.train, settings, batches)
    ) {
      steps.push(step);
      await onStep?.(step);
      if (isDue(step, settings.validateEvery)) await validate(step);
      if (signal?.aborted) break;
    }
    await onTrained?.(model, settings);
    const reports = await evaluateWithBaselines(
      { trained: networkEmbed(model), untrained: networkEmbed(untrained) },
      digits,
      {
        ...evaluation(),
        untrainedImages: 2000,
        ...(onEvaluation && { onProgress: onEvaluation }),
      },
    );
    return { model, settings, backend, steps, validations, reports };
  } catch (error) {
    model.dispose();
    throw error;
  } finally {
    untrained.dispose();
  }
}

function isDue({ step, progress }: StepReport, every: number): boolean {
  return every > 0 && (step % every === 0 || progress === 1);
}

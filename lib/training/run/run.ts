import * as tf from "@tensorflow/tfjs";
import { checkDataset, type Dataset } from "../../digits/dataset.ts";
import {
  createBalancedSampler,
  restoreBalancedSampler,
} from "../../digits/sampler.ts";
import {
  createRandom,
  type Random,
  restoreRandom,
} from "../../numeric/random.ts";
import { type Adam, createAdam, restoreAdam } from "../step/adam.ts";
import { batchImages } from "../step/batch_images.ts";
import { budgetSpent } from "../settings/budget.ts";
import { embeddingSpread, hasCollapsed } from "../step/collapse.ts";
import { checkWeights } from "../weights/check_weights.ts";
import { checkTakes } from "../step/check_takes.ts";
import { checkRule } from "../../triplets/losses/rule_loss.ts";
import {
  nameMeans,
  type RunState,
  type StepReport,
  unnameMeans,
} from "../checkpoint/run_state.ts";
import { checkSettings } from "../settings/check.ts";
import { learningRate } from "../settings/schedule.ts";
import type { Settings } from "../settings/schema.ts";
import { trainableVariables, type Training, trainStep } from "../step/step.ts";
import { copyWeights, pasteWeights } from "../weights/stored_weights.ts";
import { lendThreads, threadsFor } from "../step/threads.ts";

/** What {@linkcode createRun} trains, and how. */
export interface RunOptions {
  /** Its weights change; stays the caller's. */
  model: tf.LayersModel;
  dataset: Dataset;
  settings: Settings;
  /** Decides the batches of a new run. */
  random: Random;
  /** Where to go on; the model gets its weights. */
  from?: RunState | undefined;
}

/** A run of training, between two steps. */
export interface Run {
  /** The reports of all steps so far, also of those before it was continued. */
  readonly steps: readonly StepReport[];
  /** How many threads work inside the kernels until it is disposed. */
  readonly threads: number;
  /** The part of the budget that is spent: at 1 the run is over. */
  progress(): number;
  /** Trains one batch. */
  next(): Promise<StepReport>;
  /** A copy of all it needs to go on. */
  state(): RunState;
  /** Frees all but the model, and gives the threads back. */
  dispose(): void;
}

/**
 * Images of 224×224 in memory at once, about half of what fits into
 * WebAssembly's 4 GiB. With batch normalization a batch has no parts.
 */
const largestPart = 16;

/** Weights are looked over for NaN after so many steps; the loss, at each. */
const stepsBetweenChecks = 50;

/**
 * Begins a run of training, or continues one: continued from its `state()` it
 * goes through the same weights, bit by bit, as if it had never stopped.
 *
 * @throws {RangeError} If a setting is unknown or has a value that it may not have,
 * the settings have no budget, the dataset is none or too small for the batches, or
 * `from` belongs to another network: nothing has changed then. And from `next` and
 * `state`, if the loss or a weight is not a finite number.
 */
export function createRun(
  { model, dataset, settings: given, random, from }: RunOptions,
): Run {
  checkSettings("train", given);
  checkDataset("train", dataset);
  // Whoever changes an object of settings does not change a run that goes on.
  const settings = { ...given };
  checkTakes(model, dataset, settings);
  const { classesPerBatch, imagesPerClass, rule, margin } = settings;
  const embeddingSize = model.outputs[0]!.shape.at(-1)!;
  checkRule("train", rule, { margin, random }, embeddingSize);
  const threads = threadsFor(settings);
  const batchSize = classesPerBatch * imagesPerClass;
  const schedule = {
    peak: settings.learningRate,
    warmUpSteps: settings.warmUpSteps,
    shape: settings.schedule,
  };
  const batches = { labels: dataset.labels, classesPerBatch, imagesPerClass };
  const sampler = from
    ? restoreBalancedSampler(from.sampler, batches)
    : createBalancedSampler({ ...batches, random });
  const draws = from
    ? restoreRandom(from.draws)
    : createRandom(random.integer(2 ** 32));
  const steps = from ? [...from.steps] : [];
  const { inputSize, normalization } = settings;
  const hasParts = inputSize === 224 && normalization !== "batch";
  const partSize = hasParts ? largestPart : undefined;
  const giveBack = lendThreads(threads);
  let optimizer: Adam;
  try {
    optimizer = from
      ? takeState(model, from)
      : createAdam(trainableVariables(model));
  } catch (error) {
    giveBack();
    throw error;
  }
  const training = { model, optimizer, rule, margin, partSize };
  const seconds = () => steps.at(-1)?.seconds ?? 0;
  const progress = () =>
    budgetSpent(
      settings,
      { steps: steps.length, seconds: seconds() },
      dataset.count / batchSize,
    );

  const next = async () => {
    const start = performance.now();
    const rate = learningRate(schedule, steps.length, Math.min(1, progress()));
    const { indices, labels } = sampler.next();
    const images = batchImages(dataset, indices, settings, draws);
    const random = createRandom(draws.integer(2 ** 32));
    const { loss, spread } = trainWatched(
      { ...training, random },
      images,
      labels,
      rate,
    );
    const report: StepReport = {
      step: steps.length + 1,
      progress: 0,
      loss,
      spread,
      collapsed: false,
      learningRate: rate,
      imagesSeen: (steps.length + 1) * batchSize,
      seconds: seconds() + (performance.now() - start) / 1000,
    };
    steps.push(report);
    report.progress = Math.min(1, progress());
    report.collapsed = hasCollapsed(steps);
    if (report.step % stepsBetweenChecks === 0) {
      checkWeights(copyWeights(model), report);
    }
    // Lets timers, messages and the display have their turn.
    await new Promise((resolve) => setTimeout(resolve));
    return report;
  };

  const state = () => {
    const weights = copyWeights(model);
    checkWeights(weights, { step: steps.length });
    return {
      weights,
      adam: nameMeans(optimizer.state(), model),
      sampler: sampler.state(),
      draws: draws.state(),
      steps: [...steps],
    };
  };

  const dispose = () => {
    optimizer.dispose();
    giveBack();
  };
  return { steps, threads, progress, next, state, dispose };
}

/** Trains one batch, which it disposes; also tells how far apart its images were. */
function trainWatched(
  training: Training,
  images: tf.Tensor4D,
  labels: ArrayLike<number>,
  rate: number,
): { loss: number; spread: number } {
  const held: tf.Tensor[] = [images];
  const watch = (embeddings: tf.Tensor2D) =>
    void held.push(tf.keep(embeddingSpread(embeddings)));
  try {
    const loss = trainStep({ ...training, watch }, images, labels, rate);
    return { loss, spread: held[1]!.dataSync()[0]! };
  } finally {
    tf.dispose(held);
  }
}

/** Gives a model the weights of a state, if the optimizer's is that of them too. */
function takeState(model: tf.LayersModel, { weights, adam }: RunState): Adam {
  const before = copyWeights(model);
  pasteWeights(model, weights);
  try {
    return restoreAdam(trainableVariables(model), unnameMeans(adam, model));
  } catch (error) {
    pasteWeights(model, before);
    throw error;
  }
}

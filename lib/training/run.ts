import * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../digits/dataset.ts";
import { imagesToTensor } from "../digits/images.ts";
import {
  createBalancedSampler,
  restoreBalancedSampler,
} from "../digits/sampler.ts";
import { createRandom, type Random, restoreRandom } from "../random.ts";
import { createAdam, restoreAdam } from "./adam.ts";
import { budgetSpent } from "./budget.ts";
import { embeddingSpread, hasCollapsed } from "./collapse.ts";
import { checkWeights } from "./check_weights.ts";
import {
  nameMeans,
  type RunState,
  type StepReport,
  unnameMeans,
} from "./run_state.ts";
import { learningRate } from "./schedule.ts";
import type { Settings } from "./settings.ts";
import { trainableVariables, type Training, trainStep } from "./step.ts";
import { copyWeights, pasteWeights } from "./stored_weights.ts";

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
  /** The part of the budget that is spent: at 1 the run is over. */
  progress(): number;
  /** Trains one batch. */
  next(): Promise<StepReport>;
  /** A copy of all it needs to go on. */
  state(): RunState;
  /** Frees the optimizer; the model stays. */
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
 * @throws {RangeError} If the settings have no budget, the dataset is too small
 * for the batches, or `from` belongs to another network; and from `next` and
 * `state`, if the loss or a weight is not a finite number.
 */
export function createRun(
  { model, dataset, settings, random, from }: RunOptions,
): Run {
  const { classesPerBatch, imagesPerClass, rule, margin } = settings;
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
  const triplets = from
    ? restoreRandom(from.triplets)
    : createRandom(random.integer(2 ** 32));
  if (from) pasteWeights(model, from.weights);
  const variables = trainableVariables(model);
  const optimizer = from
    ? restoreAdam(variables, unnameMeans(from.adam, model))
    : createAdam(variables);
  const { inputSize, normalization } = settings;
  const training: Training = {
    model,
    optimizer,
    rule,
    margin,
    random: triplets,
    ...(inputSize === 224 && normalization !== "batch" &&
      { partSize: largestPart }),
  };
  const steps = from ? [...from.steps] : [];
  const seconds = () => steps.at(-1)?.seconds ?? 0;
  const progress = () =>
    budgetSpent(
      settings,
      { steps: steps.length, seconds: seconds() },
      dataset.count / batchSize,
    );

  const next = async () => {
    const start = performance.now();
    const rate = learningRate(schedule, steps.length, progress());
    const { indices, labels } = sampler.next();
    const images = imagesToTensor(dataset, indices, settings);
    const { loss, spread } = measuredStep(training, images, labels, rate);
    // Lets timers, messages and the display have their turn.
    await new Promise((resolve) => setTimeout(resolve));
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
    return report;
  };

  const state = () => {
    const weights = copyWeights(model);
    checkWeights(weights, { step: steps.length });
    return {
      weights,
      adam: nameMeans(optimizer.state(), model),
      sampler: sampler.state(),
      triplets: triplets.state(),
      steps: [...steps],
    };
  };

  return { steps, progress, next, state, dispose: () => optimizer.dispose() };
}

/** A step, and how far apart the images of its batch were embedded. */
function measuredStep(
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
    return { loss, spread: held.at(-1)!.dataSync()[0]! };
  } finally {
    tf.dispose(held);
  }
}

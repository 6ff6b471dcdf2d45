import type * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../digits/dataset.ts";
import { imagesToTensor } from "../digits/images.ts";
import { createBalancedSampler } from "../digits/sampler.ts";
import type { Random } from "../random.ts";
import { createAdam } from "./adam.ts";
import { budgetSpent } from "./budget.ts";
import { learningRate } from "./schedule.ts";
import type { Settings } from "./settings.ts";
import { trainableVariables, trainStep } from "./step.ts";

/** One step of training. */
export interface StepReport {
  /** From 1. */
  step: number;
  /** The part of the budget that is spent, up to 1. */
  progress: number;
  /** The batch's loss before the step. */
  loss: number;
  learningRate: number;
  imagesSeen: number;
  /** Seconds of training so far; what is done between two steps is left out. */
  seconds: number;
}

/**
 * Trains a network step by step until the budget of the settings is spent, as
 * a loop that the caller may leave at any step.
 *
 * @param model Its weights change; stays the caller's.
 * @param random Draws the batches.
 * @throws {RangeError} If the settings have no budget, the dataset is too small
 * for the batches, or the loss stops being a number.
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
  const { classesPerBatch, imagesPerClass, rule, margin } = settings;
  const batchSize = classesPerBatch * imagesPerClass;
  const schedule = {
    peak: settings.learningRate,
    warmUpSteps: settings.warmUpSteps,
  };
  const sampler = createBalancedSampler({
    labels: dataset.labels,
    classesPerBatch,
    imagesPerClass,
    random,
  });
  const optimizer = createAdam(trainableVariables(model));
  const spent = { steps: 0, seconds: 0 };
  const progress = () =>
    budgetSpent(settings, spent, dataset.count / batchSize);
  try {
    while (progress() < 1) {
      const start = performance.now();
      const rate = learningRate(schedule, spent.steps, progress());
      const { indices, labels } = sampler.next();
      const images = imagesToTensor(dataset, indices, settings);
      let loss: number;
      try {
        loss = trainStep(
          { model, optimizer, rule, margin },
          images,
          labels,
          rate,
        );
      } finally {
        images.dispose();
      }
      // Lets timers, messages and the display have their turn.
      await new Promise((resolve) => setTimeout(resolve));
      spent.steps++;
      spent.seconds += (performance.now() - start) / 1000;
      yield {
        step: spent.steps,
        progress: Math.min(1, progress()),
        loss,
        learningRate: rate,
        imagesSeen: spent.steps * batchSize,
        seconds: spent.seconds,
      };
    }
  } finally {
    optimizer.dispose();
  }
}

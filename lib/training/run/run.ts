import { leaveOutClasses } from "../../digits/leave_out.ts";
import { createRandom } from "../../numeric/random.ts";
import {
  nameMeans,
  type RunState,
  type StepReport,
} from "../checkpoint/run_state.ts";
import { budgetSpent } from "../settings/budget.ts";
import { completeSettings } from "../settings/complete.ts";
import { learningRate } from "../settings/schedule.ts";
import type { Adam } from "../optimizer/adam.ts";
import { batchImages } from "../step/batch_images.ts";
import { hasCollapsed } from "../step/collapse.ts";
import { trainBatch } from "../step/step.ts";
import { lendThreads, threadsFor } from "../step/threads.ts";
import { checkWeights } from "../weights/sound_weights.ts";
import { copyWeights } from "../weights/stored_weights.ts";
import {
  checkRun,
  createOptimizer,
  createSources,
  partOf,
  type RunOptions,
} from "./start.ts";

/** A run of training, between two steps. */
export interface TrainingRun {
  /** The reports of all steps so far, also of those before it was continued. */
  readonly steps: readonly StepReport[];
  /** How many threads work inside the kernels until it is disposed. */
  readonly threads: number;
  /** The part of the budget that is spent: at 1 the run is over. */
  progress(): number;
  /** Trains one batch. */
  next(): Promise<StepReport>;
  /** A copy of all that it has now and needs to go on. */
  state(): Promise<RunState>;
  /** Frees all but the model, and gives the threads back. */
  dispose(): void;
}

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
export function createRun(options: RunOptions): TrainingRun {
  // A copy: whoever changes an object of settings does not change a run that goes on.
  const settings = completeSettings("train", options.settings);
  checkRun(options, settings);
  const { model, from } = options;
  const dataset = leaveOutClasses(options.dataset, settings.leaveOut ?? []);
  const { sampler, draws } = createSources({ ...options, dataset }, settings);
  const threads = threadsFor(settings);
  const giveBack = lendThreads(threads);
  let optimizer: Adam;
  try {
    optimizer = createOptimizer(options, settings);
  } catch (error) {
    giveBack();
    throw error;
  }
  const { classesPerBatch, imagesPerClass, miner, margin } = settings;
  const training = {
    model,
    optimizer,
    miner,
    margin,
    partSize: partOf(settings),
  };
  const batchSize = classesPerBatch * imagesPerClass;
  const steps = [...from?.steps ?? []];
  const { learningRate: peak, warmUpSteps, schedule: shape } = settings;
  const schedule = { peak, warmUpSteps, shape };
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
    const { loss, spread } = await trainAndDispose(
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
      checkWeights(await copyWeights(model), report);
    }
    // Lets timers, messages and the display have their turn.
    await new Promise((resolve) => setTimeout(resolve));
    return report;
  };

  const state = async () => {
    const plain = {
      sampler: sampler.state(),
      draws: draws.state(),
      steps: [...steps],
    };
    const [weights, adam] = await Promise.all([
      copyWeights(model),
      optimizer.state(),
    ]);
    checkWeights(weights, { step: plain.steps.length });
    return { weights, adam: nameMeans(adam, model), ...plain };
  };

  const dispose = () => {
    optimizer.dispose();
    giveBack();
  };
  return { steps, threads, progress, next, state, dispose };
}

/** Trains one batch, which it disposes. */
const trainAndDispose: typeof trainBatch = async (
  training,
  images,
  ...given
) => {
  try {
    return await trainBatch(training, images, ...given);
  } finally {
    images.dispose();
  }
};

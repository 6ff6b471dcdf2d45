import { optionsOf } from "../numeric/options.ts";
import { checkDataset, type Dataset } from "./dataset.ts";
import { checkClasses } from "./labels.ts";
import { leaveOutClasses } from "./leave_out.ts";
import { selectImages } from "./select_images.ts";
import type { Mnist } from "./mnist.ts";
import { splitDataset } from "./split.ts";
import { checkWhole } from "../numeric/domain.ts";
import { createRandom, shuffle } from "../numeric/random.ts";

/** A seed for each part of a run, so that no part shifts another. */
export interface RunSeeds {
  split: number;
  weights: number;
  batches: number;
  validation: number;
  centroids: number;
}

/**
 * Draws the seeds of a run's parts from the seed of the run.
 *
 * @throws {RangeError} If the seed is not a whole number in [-2³¹, 2³²).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(runSeeds(1), runSeeds(1));
 * assert.notEqual(runSeeds(1).weights, runSeeds(2).weights);
 * ```
 */
export function runSeeds(seed: number): RunSeeds {
  const random = createRandom(seed);
  const draw = () => random.integer(2 ** 31);
  return {
    split: draw(),
    weights: draw(),
    batches: draw(),
    validation: draw(),
    centroids: draw(),
  };
}

/** The images of a run. */
export interface RunData {
  /** What is trained on and what centroids are drawn from. */
  train: Dataset;
  /** What is measured in the course of training. */
  validation: Dataset;
  /** What only the final evaluation sees. */
  test: Dataset;
}

/**
 * Sets a twelfth of the training images, 5,000 of MNIST's 60,000, aside for
 * validation, the same share of every class. Classes that are left out are taken
 * from both parts after that, so that the others' images are where they always are;
 * the test images stay.
 *
 * @param validationImages How many of those to measure, drawn by the seed; all
 * where there are not so many.
 * @param leaveOut The classes that training is never shown; none by default.
 * @throws {RangeError} If that is not a whole number of 1 or more, or a dataset is
 * none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const labels = Uint8Array.from({ length: 24 }, (_, i) => i % 2);
 * const set = { images: labels, labels, count: 24, height: 1, width: 1 };
 * const data = divideForRun({ train: set, test: set }, runSeeds(1), 2);
 * assert.deepEqual([data.train.count, data.validation.count], [22, 2]);
 * ```
 */
export function divideForRun(
  mnist: Mnist,
  seeds: RunSeeds,
  validationImages: number,
  leaveOut: readonly number[] = [],
): RunData {
  checkWhole("divide images", "validationImages", validationImages, 1);
  checkDataset("divide images", optionsOf("divide images", mnist).test);
  checkClasses("divide images", "leaveOut", leaveOut);
  optionsOf("divide images", seeds);
  const divided = splitDataset(mnist.train, {
    validation: Math.floor(mnist.train.count / 12),
    random: createRandom(seeds.split),
  });
  const train = leaveOutClasses(divided.train, leaveOut);
  const validation = leaveOutClasses(divided.validation, leaveOut);
  const all = Array.from({ length: validation.count }, (_, index) => index);
  const drawn = shuffle(all, createRandom(seeds.validation));
  return {
    train,
    validation: selectImages(validation, drawn.slice(0, validationImages)),
    test: mnist.test,
  };
}

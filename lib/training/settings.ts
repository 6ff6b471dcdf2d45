import type { BackendName } from "../backends/use_backend.ts";
import type { Normalization } from "../nn2/convolution.ts";
import type { InputSize } from "../nn2/table.ts";
import type { Augmentation } from "./batch_images.ts";
import type { Budget } from "./budget.ts";
import { checkSettings } from "./check_settings.ts";
import type { TrainingRule } from "./rule_loss.ts";
import type { ScheduleShape } from "./schedule.ts";

/** Everything that decides a run; a seed and settings give one result. */
export interface Settings {
  /** Steps, of one batch each (no limit by default; a run needs one of these three). */
  steps?: number;
  /** Passes over 55,000 images. */
  epochs?: number;
  /** Seconds of training; a run that ends so is not reproducible. */
  seconds?: number;
  /** Adam's highest learning rate. */
  learningRate: number;
  /** Steps over which the learning rate rises to it. */
  warmUpSteps: number;
  /** What the learning rate does after that. */
  schedule: ScheduleShape;
  /** P, the digits in a batch. */
  classesPerBatch: number;
  /** K, the images of each. */
  imagesPerClass: number;
  /** α, which a negative should be farther away than a positive. */
  margin: number;
  /** How triplets are chosen within the batch. */
  rule: TrainingRule;
  /** Numbers in an embedding. */
  embeddingSize: number;
  /** Height and width of the images. */
  inputSize: InputSize;
  /** Whether pixels become 0 or 1. */
  binarize: boolean;
  /** How training images are distorted, each time anew. */
  augmentation: Augmentation;
  /** What keeps activations in range. */
  normalization: Normalization;
  /** What computes. */
  backend: BackendName;
  /**
   * Threads that share each batch (default one for each core, see
   * `workersFor`). Another number gives the same but for rounding.
   */
  workers?: number | undefined;
  /** Decides weights, batches, the validation split and the centroids. */
  seed: number;
  /** Steps between two measurements on validation images; 0 for none. */
  validateEvery: number;
  /** How many validation images are measured, of 5,000. */
  validationImages: number;
}

/** The names of the presets. */
export type PresetName = "quick" | "full" | "seed";

const common = {
  learningRate: 1.5e-3,
  warmUpSteps: 10,
  schedule: "cosine",
  classesPerBatch: 10,
  imagesPerClass: 24,
  margin: 0.2,
  rule: "semi-hard",
  embeddingSize: 128,
  inputSize: 28,
  binarize: false,
  augmentation: "none",
  normalization: "batch",
  backend: "wasm",
  seed: 1,
  validateEvery: 50,
  validationImages: 500,
} as const satisfies Settings;

/**
 * Settings for a first look, for the best result, and the recipe of
 * vincenthanna/facenet_on_mnist, which this project reimplements.
 *
 * "seed" has that recipe's batches of 6 digits × 10 images, explicit triplets,
 * 4 numbers in an embedding, thresholded pixels, no normalization, and Adam's
 * usual learning rate, 0.001, from the first step to the last of one epoch. It
 * is known to collapse; 0.0001 trains. Its pixels are those of 28×28 images;
 * with `inputSize: 224` they are resized as in the original.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.ok(presets.quick.steps! < presets.full.steps!);
 * assert.equal(presets.seed.embeddingSize, 4);
 * ```
 */
export const presets = {
  quick: { ...common, steps: 80, validateEvery: 40 },
  full: {
    ...common,
    steps: 900,
    warmUpSteps: 20,
    augmentation: "elastic",
    validateEvery: 150,
    validationImages: 2000,
  },
  seed: {
    ...common,
    epochs: 1,
    learningRate: 1e-3,
    warmUpSteps: 0,
    schedule: "constant",
    classesPerBatch: 6,
    imagesPerClass: 10,
    rule: "explicit",
    embeddingSize: 4,
    binarize: true,
    normalization: "none",
    validateEvery: 100,
  },
} as const satisfies Record<PresetName, Settings>;

/**
 * A preset's settings with changes. A budget among the changes replaces that of
 * the preset.
 *
 * @throws {RangeError} If a preset is unknown or a number is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const settings = settle("quick", { seconds: 60, margin: 0.3 });
 * assert.equal(settings.margin, 0.3);
 * assert.equal(settings.steps, undefined);
 * assert.throws(() => settle("quick", { margin: 5 }), RangeError);
 * ```
 */
export function settle(
  preset: PresetName,
  changes: Partial<Settings>,
): Settings {
  const base = presets[preset];
  if (!base) {
    throw new RangeError(
      `Cannot train with this preset: expected one of ${
        Object.keys(presets).join(", ")
      }, got ${preset}`,
    );
  }
  return changeSettings(base, changes);
}

/**
 * Settings with changes, of which those that are `undefined` count as not
 * given. A budget among the changes replaces all limits there were.
 *
 * @throws {RangeError} If a number is out of range.
 */
export function changeSettings(
  base: Readonly<Settings>,
  changes: Partial<Settings>,
): Settings {
  const given = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as Partial<Settings>;
  const hasBudget = Object.keys(budgetOf(given)).length > 0;
  const kept = hasBudget ? withoutBudget(base) : base;
  const settings: Settings = { ...kept, ...given } as Settings;
  checkSettings(settings);
  return settings;
}

/** The limits of a run that are among the settings. */
export function budgetOf(
  { steps, epochs, seconds }: Partial<Settings>,
): Budget {
  return {
    ...(steps !== undefined && { steps }),
    ...(epochs !== undefined && { epochs }),
    ...(seconds !== undefined && { seconds }),
  };
}

/** The settings that decide what a step does, not how many there are. */
export function withoutBudget<S extends Partial<Settings>>(
  { steps: _steps, epochs: _epochs, seconds: _seconds, ...others }: S,
): Omit<S, keyof Budget> {
  return others;
}

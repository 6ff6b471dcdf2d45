import { refuse, shown } from "../../numeric/refuse.ts";
import type { Budget } from "./budget.ts";
import { checkChanges, checkSettings, checkSome } from "./check.ts";
import type { Settings } from "./schema.ts";
import { withOneName } from "./threads.ts";

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
 * @throws {RangeError} If the preset or a setting is unknown, or a setting has a
 * value that it may not have.
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
  changes: Partial<Settings> = {},
): Settings {
  if (!isPreset(preset)) {
    const names = Object.keys(presets).join(", ");
    refuse("train", `preset to be one of ${names}`, shown(preset));
  }
  return changeSettings(presets[preset], changes);
}

function isPreset(name: unknown): name is PresetName {
  return typeof name === "string" && Object.hasOwn(presets, name);
}

/**
 * Settings with changes, of which those that are `undefined` count as not
 * given. A budget among the changes replaces all limits there were. The result
 * has `threads` by this name alone.
 *
 * @throws {RangeError} If a setting is unknown or has a value that it may not
 * have.
 */
export function changeSettings(
  base: Readonly<Settings>,
  changes: Partial<Settings>,
): Settings {
  checkChanges("train", changes);
  const present: Partial<Settings> = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  );
  checkSome("train", present);
  const given = withOneName("train", present);
  const hasBudget = Object.keys(budgetOf(given)).length > 0;
  const kept = hasBudget ? withoutBudget(base) : base;
  const settings = { ...withOneName("train", kept), ...given };
  checkSettings("train", settings);
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

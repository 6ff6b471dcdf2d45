import { checkValue } from "../../numeric/domain.ts";
import { budgetOf, withoutBudget } from "./budget.ts";
import { checkChanges, completeSettings } from "./complete.ts";
import type { SettingChanges, Settings, SettingsByRule } from "./schema.ts";
import { withOneName } from "./one_name.ts";

/** The names of the presets. */
export type PresetName = "quick" | "full" | "seed";

const common = {
  learningRate: 1.5e-3,
  warmUpSteps: 10,
  schedule: "cosine",
  classesPerBatch: 10,
  imagesPerClass: 24,
  margin: 0.2,
  miner: "semi-hard",
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
export const presets: Readonly<Record<PresetName, Readonly<Settings>>> = {
  quick: withRule({ ...common, steps: 80, validateEvery: 40 }),
  full: withRule({
    ...common,
    steps: 900,
    warmUpSteps: 20,
    augmentation: "elastic",
    validateEvery: 150,
    validationImages: 2000,
  }),
  seed: withRule({
    ...common,
    epochs: 1,
    learningRate: 1e-3,
    warmUpSteps: 0,
    schedule: "constant",
    classesPerBatch: 6,
    imagesPerClass: 10,
    miner: "explicit",
    embeddingSize: 4,
    binarize: true,
    normalization: "none",
    validateEvery: 100,
  }),
};

/** Lets the miner be read as `rule` too, its former name, which copies do not have. */
function withRule(preset: Settings): Settings {
  return Object.defineProperty(preset, "rule", { value: preset.miner });
}

/** The names of the presets, as a value may be one. */
export const presetDomain = {
  type: "choice",
  of: Object.keys(presets) as PresetName[],
} as const;

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
 * const settings = resolveSettings("quick", { seconds: 60, margin: 0.3 });
 * assert.equal(settings.margin, 0.3);
 * assert.equal(settings.steps, undefined);
 * assert.throws(() => resolveSettings("quick", { margin: 5 }), RangeError);
 * ```
 */
export function resolveSettings(
  preset: PresetName,
  changes: SettingChanges = {},
): Settings {
  checkValue("train", "preset", preset, presetDomain);
  return changeSettings(presets[preset], changes);
}

/**
 * {@linkcode resolveSettings} with the miner as `rule`, its former name. A copy,
 * `{ ...settings, rule: "batch-all" }`, has it by this name alone.
 *
 * @deprecated Use {@linkcode resolveSettings}.
 * @throws {RangeError} As {@linkcode resolveSettings}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const settings = settle("quick", { rule: "batch-hard" });
 * assert.deepEqual([settings.rule, settings.miner], ["batch-hard", "batch-hard"]);
 * ```
 */
export function settle(
  preset: PresetName,
  changes: SettingChanges = {},
): Settings & SettingsByRule {
  const { miner, ...settings } = resolveSettings(preset, changes);
  const byRule: SettingsByRule = { ...settings, rule: miner };
  return Object.defineProperty(byRule, "miner", { value: miner }) as
    & Settings
    & SettingsByRule;
}

/**
 * Settings with changes, of which those that are `undefined` count as not
 * given. A budget among the changes replaces all limits there were. Where digits
 * are left out and the changes do not say how many classes a batch has, it has at
 * most those that remain of ten. The result has `threads` by this name alone.
 *
 * @throws {RangeError} If a setting is unknown or has a value that it may not
 * have.
 */
export function changeSettings(
  base: Readonly<Settings>,
  changes: SettingChanges,
): Settings {
  const given = checkChanges("train", changes);
  const hasBudget = Object.keys(budgetOf(given)).length > 0;
  const kept = hasBudget ? withoutBudget(base) : base;
  return completeSettings("train", {
    ...withOneName("train", kept),
    ...classesLeft(base, given),
    ...given,
  });
}

/** The classes in a batch where digits are left out: no more than remain. */
function classesLeft(
  { classesPerBatch }: Readonly<Settings>,
  { leaveOut = [] }: Partial<Settings>,
): Partial<Settings> {
  if (leaveOut.length === 0) return {};
  return { classesPerBatch: Math.min(classesPerBatch, 10 - leaveOut.length) };
}

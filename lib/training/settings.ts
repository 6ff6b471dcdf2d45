import type { BackendName } from "../backends/use_backend.ts";
import type { Normalization } from "../nn2/convolution.ts";
import type { InputSize } from "../nn2/table.ts";
import type { MiningRule } from "../triplets/rules.ts";

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
  /** P, the digits in a batch. */
  classesPerBatch: number;
  /** K, the images of each. */
  imagesPerClass: number;
  /** α, which a negative should be farther away than a positive. */
  margin: number;
  /** How triplets are chosen within the batch. */
  rule: MiningRule;
  /** Numbers in an embedding. */
  embeddingSize: number;
  /** Height and width of the images. */
  inputSize: InputSize;
  /** Whether pixels become 0 or 1. */
  binarize: boolean;
  /** What keeps activations in range. */
  normalization: Normalization;
  /** What computes. */
  backend: BackendName;
  /** Decides weights, batches, the validation split and the centroids. */
  seed: number;
  /** Steps between two measurements on validation images; 0 for none. */
  validateEvery: number;
  /** How many validation images are measured, of 5,000. */
  validationImages: number;
}

/** The names of the presets. */
export type PresetName = "quick" | "full";

const common: Settings = {
  learningRate: 1e-3,
  warmUpSteps: 20,
  classesPerBatch: 10,
  imagesPerClass: 12,
  margin: 0.2,
  rule: "semi-hard",
  embeddingSize: 128,
  inputSize: 28,
  binarize: false,
  normalization: "batch",
  backend: "wasm",
  seed: 1,
  validateEvery: 50,
  validationImages: 500,
};

/**
 * Settings for a first look and for the best result.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.ok(presets.quick.steps! < presets.full.steps!);
 * ```
 */
export const presets: Readonly<Record<PresetName, Readonly<Settings>>> = {
  quick: { ...common, steps: 120, validateEvery: 60 },
  full: { ...common, steps: 2000, validateEvery: 200, validationImages: 2000 },
};

/** The least and greatest value of each number among the settings. */
const ranges: Partial<Record<keyof Settings, [number, number]>> = {
  steps: [1, 1e9],
  epochs: [1e-9, 1e6],
  seconds: [1e-9, 1e9],
  learningRate: [1e-9, 10],
  warmUpSteps: [0, 1e9],
  classesPerBatch: [2, 10],
  imagesPerClass: [2, 1000],
  margin: [0, 4],
  embeddingSize: [1, 4096],
  validateEvery: [0, 1e9],
  validationImages: [1, 5000],
};
const whole: ReadonlySet<string> = new Set<keyof Settings>([
  "steps",
  "warmUpSteps",
  "classesPerBatch",
  "imagesPerClass",
  "embeddingSize",
  "validateEvery",
  "validationImages",
]);

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
  const given = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as Partial<Settings>;
  const hasBudget = ["steps", "epochs", "seconds"].some((key) => key in given);
  const { steps, epochs, seconds, ...others } = base;
  const budget = hasBudget ? {} : { steps, epochs, seconds };
  const settings = Object.fromEntries(
    Object.entries({ ...others, ...budget, ...given })
      .filter(([, value]) => value !== undefined),
  ) as unknown as Settings;
  for (const [key, range] of Object.entries(ranges)) {
    check(key, settings[key as keyof Settings], range);
  }
  return settings;
}

function check(
  key: string,
  value: unknown,
  [least, greatest]: [number, number],
): void {
  if (value === undefined) return;
  const fits = typeof value === "number" && value >= least &&
    value <= greatest && (!whole.has(key) || Number.isInteger(value));
  if (!fits) {
    throw new RangeError(
      `Cannot train with this ${key}: expected a ${
        whole.has(key) ? "whole " : ""
      }number from ${least} to ${greatest}, got ${value}`,
    );
  }
}

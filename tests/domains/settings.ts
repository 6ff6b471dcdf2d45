import { minerNames, presets } from "../../lib/mod.ts";
import * as is from "./kinds.ts";

/** Of a run that ends after one step. */
export const settings = () => ({
  ...presets.quick,
  steps: 1,
  classesPerBatch: 2,
  imagesPerClass: 2,
  leaveOut: [8, 9],
  threads: 1,
  validateEvery: 0,
});

const settingKinds: Record<string, is.Kind> = {
  steps: is.optional(is.whole({ min: 1 })),
  epochs: is.optional(is.number({ above: 0 })),
  seconds: is.optional(is.number({ above: 0 })),
  learningRate: is.number({ above: 0 }),
  warmUpSteps: is.whole({ min: 0 }),
  schedule: is.choice("cosine", "constant"),
  classesPerBatch: is.whole({ min: 2 }, { size: true }),
  imagesPerClass: is.whole({ min: 2 }, { size: true }),
  leaveOut: is.optional(
    is.list({ type: "integer", min: 0, max: 9 }, { empty: true }),
  ),
  margin: is.number({ min: 0 }),
  beta1: is.optional(is.number({ min: 0, below: 1 })),
  beta2: is.optional(is.number({ min: 0, below: 1 })),
  epsilon: is.optional(is.number({ above: 0 })),
  miner: is.choice(...minerNames),
  embeddingSize: is.whole({ min: 1 }, { size: true }),
  inputSize: is.choice(28, 224),
  binarize: is.boolean,
  augmentation: is.choice("none", "affine", "elastic"),
  normalization: is.choice("none", "batch", "lrn"),
  backend: is.choice("wasm", "cpu", "webgpu", "auto"),
  threads: is.optional(is.whole({ min: 1 }, { size: true })),
  workers: is.optional(is.whole({ min: 1 }, { size: true })),
  seed: is.whole({ min: -(2 ** 31), max: 2 ** 32 - 1 }),
  validateEvery: is.whole({ min: 0 }),
  validationImages: is.whole({ min: 1 }, { size: true }),
};

/** The settings that stand at a place, those left out aside. */
export function ofSettings(place: string, leftOut: readonly string[] = []) {
  return Object.fromEntries(
    Object.entries(settingKinds).filter(([name]) => !leftOut.includes(name))
      .map(([name, kind]) => [`${place}.${name}`, kind]),
  );
}

/** The same where each may be left out. */
export function ofChanges(place: string) {
  return Object.fromEntries(
    Object.entries(ofSettings(place)).map((
      [path, kind],
    ) => [path, is.optional(kind)]),
  );
}

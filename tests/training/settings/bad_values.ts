import { shown } from "../../../lib/numeric/refuse.ts";
import type { Settings } from "../../../lib/training/settings/schema.ts";

const miners = [
  "batch-all",
  "batch-hard",
  "batch-easy-positive",
  "batch-easy-positive-hard-negative",
  "distance-weighted",
  "semi-hard",
  "semi-hard-pytorch-metric-learning",
  "semi-hard-tensorflow-similarity",
  "semi-hard-siamese-triplet",
  "semi-hard-facenet-on-mnist",
  "explicit",
];

/** The bounds of each setting, written down by hand: all of them are allowed. */
export const allowed: Record<keyof Settings, readonly unknown[]> = {
  steps: [1, 1e9],
  epochs: [1e-9, 0.5, 1e6],
  seconds: [1e-9, 0.5, 1e9],
  learningRate: [1e-9, 0.5, 10],
  warmUpSteps: [0, 1e9],
  schedule: ["cosine", "constant"],
  classesPerBatch: [2, 26, 1000],
  imagesPerClass: [2, 1000],
  leaveOut: [[], [0], [7, 8, 9], [0, 1, 2, 3, 4, 5, 6, 9]],
  margin: [0, 0.5, 4],
  beta1: [0, 0.5, 0.9999],
  beta2: [0, 0.5, 0.9999],
  epsilon: [1e-38, 0.5, 1e9],
  miner: miners,
  rule: miners,
  embeddingSize: [1, 4096],
  inputSize: [28, 224],
  binarize: [true, false],
  augmentation: ["none", "affine", "elastic"],
  normalization: ["none", "batch", "lrn"],
  backend: ["wasm", "cpu", "webgpu", "auto"],
  threads: [1, 256],
  workers: [1, 256],
  seed: [-(2 ** 31), -1, 0, 1, 2 ** 32 - 1],
  validateEvery: [0, 1e9],
  validationImages: [1, 5000],
};

/** Just outside of the bounds. */
const outside: Partial<Record<keyof Settings, readonly unknown[]>> = {
  steps: [0],
  epochs: [0],
  seconds: [0],
  learningRate: [0, 10.1],
  classesPerBatch: [1, 1001],
  imagesPerClass: [1, 1001],
  leaveOut: [
    ...[[10], [-1], [7, 7], [0.5], ["7"], [NaN], [[7]], [null], [7, ,]],
    ...[[0, 1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    Uint8Array.of(7),
  ],
  margin: [4.1],
  beta1: [1],
  beta2: [1],
  epsilon: [0, 1e-39],
  embeddingSize: [0, 4097],
  inputSize: [27, 32],
  threads: [0, 257],
  workers: [0, 257],
  seed: [-(2 ** 31) - 1, 2 ** 32],
  validationImages: [0, 5001],
};

const odd: readonly unknown[] = [
  ...["", "cosin", "constructor", "__proto__", "toString", "1", "0.2", "28"],
  ...["true", NaN, Infinity, -Infinity, -1, 0.5, 2 ** 53, null, true, false],
  ...[[], [1], {}, 1n, () => 1],
];

export const names = Object.keys(allowed) as (keyof Settings)[];

/** Values that a setting may not have. */
export function refusedOf(name: keyof Settings): unknown[] {
  // 2 ** 53 is no whole number that float64 tells from its neighbour.
  const isNumber = ["epochs", "seconds", "epsilon"].includes(name);
  const others = name === "leaveOut" ? odd.filter(isNoList) : odd;
  return [...others, ...outside[name] ?? []].filter((value) =>
    !allowed[name].includes(value) && !(isNumber && value === 2 ** 53)
  );
}

function isNoList(value: unknown): boolean {
  return !Array.isArray(value);
}

/** Those among them that JSON can say. */
export function refusedInJson(name: keyof Settings): unknown[] {
  return refusedOf(name).filter((value) =>
    value === null ||
    !["function", "bigint", "undefined"].includes(typeof value) &&
      !(typeof value === "number" && !Number.isFinite(value)) &&
      // A list with a gap comes back as another one.
      shown(JSON.parse(JSON.stringify(value))) === shown(value)
  );
}

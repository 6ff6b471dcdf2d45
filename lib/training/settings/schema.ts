import type { BackendName } from "../../backends/use_backend.ts";
import { threadNumbers } from "../../backends/wasm/use_threads.ts";
import { distortions } from "../../digits/distortion/augment.ts";
import type { Normalization } from "../../nn2/graph.ts";
import type { InputSize } from "../../nn2/table.ts";
import type { Domain } from "../../numeric/domain.ts";
import { seedDomain } from "../../numeric/random.ts";
import { type MinerName, minerNames } from "../../triplets/miners/miners.ts";

/** How training images are distorted: see `distortions`. */
export type Augmentation = "none" | keyof typeof distortions;

/** What a learning rate does over a run: it falls along half a cosine, or stays. */
export type ScheduleShape = "cosine" | "constant";

/**
 * Everything that decides a run; a seed and settings give one result. Which values
 * each may have is said by {@linkcode settingsSchema}.
 */
export interface Settings {
  /** Steps, of one batch each (no limit by default; a run needs one of these three). */
  steps?: number | undefined;
  /**
   * Passes over the training images: an epoch is as many images seen as there are to
   * train on, 55,000 of MNIST's, and fewer where digits are left out.
   */
  epochs?: number | undefined;
  /** Seconds of training; a run that ends so is not reproducible. */
  seconds?: number | undefined;
  /** Adam's highest learning rate. */
  learningRate: number;
  /** Steps over which the learning rate rises to it. */
  warmUpSteps: number;
  /** What the learning rate does after that. */
  schedule: ScheduleShape;
  /** P, the classes in a batch: at most as many as the images have. */
  classesPerBatch: number;
  /** K, the images of each. */
  imagesPerClass: number;
  /** α, which a negative should be farther away than a positive. */
  margin: number;
  /** Adam's decay of the mean of gradients, β₁ (default 0.9). */
  beta1?: number | undefined;
  /** Adam's decay of the mean of squared gradients, β₂ (default 0.999). */
  beta2?: number | undefined;
  /** Adam's ε, added to the root, against division by 0 (default 1e-8). */
  epsilon?: number | undefined;
  /**
   * Digits that training is never shown, each once, in ascending order in completed
   * settings (default none). Their images are neither trained nor validated on; the
   * test images stay. See `changeSettings` for the classes in a batch then.
   */
  leaveOut?: readonly number[] | undefined;
  /** How triplets are chosen within the batch. */
  miner: MinerName;
  /** @deprecated Use {@linkcode Settings.miner}. */
  rule?: MinerName | undefined;
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
   * Threads that work inside the kernels for as long as a run lasts (default: those
   * of the backend). Any number gives the same weights, to the last bit.
   */
  threads?: number | undefined;
  /** The other name of `threads`. */
  workers?: number | undefined;
  /** Decides weights, batches, the validation split and the centroids. */
  seed: number;
  /** Steps between two measurements on validation images; 0 for none. */
  validateEvery: number;
  /** How many validation images are measured, of 5,000. */
  validationImages: number;
}

/** @deprecated Say `miner` instead of `rule`. */
export type SettingsByRule = Omit<Settings, "miner" | "rule"> & {
  rule: MinerName;
};

/** Changes to settings; one that is `undefined` counts as not given. */
export type SettingChanges = {
  [K in keyof Settings]?: Settings[K] | undefined;
};

/** What is known of a setting besides its name. */
export interface Setting {
  /** The values that it may have. */
  domain: Domain;
  /** What it decides: a line of a command's help. */
  description: string;
  /** Whether it may be left out. */
  optional?: true;
  /** What it is then. */
  default?: number | readonly number[];
  /** What it is called as an option of a command, where it has another name there. */
  flag?: string;
  /** The setting that this is another name of. */
  aliasOf?: keyof Settings;
}

/**
 * All settings there are. Whatever takes one checks it by this table, from which
 * the options of `deno task train` are made too.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(settingsSchema.schedule.domain.of, ["cosine", "constant"]);
 * ```
 */
export const settingsSchema = {
  steps: {
    domain: { type: "integer", min: 1 },
    description: "steps of training",
    optional: true,
  },
  epochs: {
    domain: { type: "number", above: 0 },
    description:
      "passes over the training images, 55,000 where no digit is left out",
    optional: true,
  },
  seconds: {
    domain: { type: "number", above: 0 },
    description: "seconds of training",
    optional: true,
  },
  learningRate: {
    domain: { type: "number", above: 0, max: 10 },
    description: "the highest learning rate",
    flag: "lr",
  },
  warmUpSteps: {
    domain: { type: "integer", min: 0 },
    description: "steps over which the learning rate rises to that",
  },
  schedule: {
    domain: { type: "choice", of: ["cosine", "constant"] },
    description: "what the learning rate does after that",
  },
  classesPerBatch: {
    domain: { type: "integer", min: 2, max: 1000 },
    description: "classes in a batch, of MNIST's 10 digits",
  },
  imagesPerClass: {
    domain: { type: "integer", min: 2, max: 1000 },
    description: "images of each class in a batch",
  },
  leaveOut: {
    // Two digits remain, the least for a batch.
    domain: {
      type: "list",
      item: { type: "integer", min: 0, max: 9 },
      most: 8,
    },
    description: "digits that training is never shown, such as 7,8,9",
    optional: true,
    default: [],
  },
  margin: {
    // Squared distances on the unit sphere are 4 at most.
    domain: { type: "number", min: 0, max: 4 },
    description: "how much farther away a negative should be",
  },
  beta1: {
    domain: { type: "number", min: 0, below: 1 },
    description: "Adam's decay of the mean of gradients",
    optional: true,
    default: 0.9,
  },
  beta2: {
    domain: { type: "number", min: 0, below: 1 },
    description: "Adam's decay of the mean of squared gradients",
    optional: true,
    default: 0.999,
  },
  epsilon: {
    // Smaller ones are 0 as float32, and then 0 / 0 is in the way.
    domain: { type: "number", min: 1e-38 },
    description: "what Adam adds to the root that it divides by",
    optional: true,
    default: 1e-8,
  },
  miner: {
    domain: { type: "choice", of: minerNames },
    description: "how triplets are chosen within a batch",
  },
  rule: {
    domain: { type: "choice", of: minerNames },
    description: "the former name of miner",
    optional: true,
    aliasOf: "miner",
  },
  embeddingSize: {
    domain: { type: "integer", min: 1, max: 4096 },
    description: "numbers in an embedding",
  },
  inputSize: {
    domain: { type: "choice", of: [28, 224] },
    description: "height and width of the images",
  },
  binarize: {
    domain: { type: "boolean" },
    description: "let pixels become 0 or 1",
  },
  augmentation: {
    domain: { type: "choice", of: augmentations() },
    description: "how training images are distorted, each time anew",
  },
  normalization: {
    domain: { type: "choice", of: ["none", "batch", "lrn"] },
    description: "what keeps activations in range",
  },
  backend: {
    domain: { type: "choice", of: ["wasm", "cpu", "webgpu", "auto"] },
    description:
      "what computes: WebAssembly, plain JavaScript, a GPU, or a GPU if there is one",
  },
  threads: {
    domain: threadNumbers,
    description: "threads that compute (default one for each core)",
    optional: true,
  },
  workers: {
    domain: threadNumbers,
    description: "the other name of threads",
    optional: true,
    aliasOf: "threads",
  },
  seed: {
    domain: seedDomain,
    description: "decides weights, batches and splits",
  },
  validateEvery: {
    domain: { type: "integer", min: 0 },
    description: "steps between two measurements on validation images",
  },
  validationImages: {
    domain: { type: "integer", min: 1, max: 5000 },
    description: "validation images that are measured then",
  },
} as const satisfies Record<keyof Settings, Setting>;

function augmentations(): readonly Augmentation[] {
  return ["none", ...Object.keys(distortions) as (keyof typeof distortions)[]];
}

import { presets } from "../training/settings.ts";

/** The options of `deno task train`. */
export const trainSpec = {
  name: "deno task train",
  description:
    "Trains NN2 on MNIST and evaluates it on the 10,000 test images by nearest class centroid.",
  options: {
    preset: {
      type: "choice",
      of: Object.keys(presets) as (keyof typeof presets)[],
      description: "the settings that the other options change (default quick)",
    },
    steps: { type: "integer", min: 1, description: "steps of training" },
    epochs: {
      type: "number",
      above: 0,
      description: "passes over the 55,000 training images",
    },
    seconds: { type: "number", above: 0, description: "seconds of training" },
    lr: {
      type: "number",
      above: 0,
      max: 10,
      description: "the highest learning rate",
    },
    classesPerBatch: {
      type: "integer",
      min: 2,
      max: 10,
      description: "digits in a batch",
    },
    imagesPerClass: {
      type: "integer",
      min: 2,
      max: 1000,
      description: "images of each digit in a batch",
    },
    margin: {
      type: "number",
      min: 0,
      max: 4,
      description: "how much farther away a negative should be",
    },
    embeddingSize: {
      type: "integer",
      min: 1,
      max: 4096,
      description: "numbers in an embedding",
    },
    inputSize: {
      type: "choice",
      of: ["28", "224"],
      description: "height and width of the images",
    },
    augmentation: {
      type: "choice",
      of: ["none", "affine", "elastic"],
      description: "how training images are distorted, each time anew",
    },
    normalization: {
      type: "choice",
      of: ["none", "batch", "lrn"],
      description: "what keeps activations in range",
    },
    backend: {
      type: "choice",
      of: ["wasm", "cpu", "auto"],
      description: "what computes",
    },
    workers: {
      type: "integer",
      min: 1,
      max: 1000,
      description: "threads that share each batch (default one for each core)",
    },
    seed: {
      type: "integer",
      min: 0,
      max: 2 ** 31 - 1,
      description: "decides weights, batches and splits",
    },
    weights: {
      type: "path",
      description: "a file of weights to begin with, in place of fresh ones",
    },
    out: {
      type: "path",
      default: "out",
      description: "the folder for weights.safetensors and checkpoints",
    },
    precision: {
      type: "choice",
      of: ["float32", "float16"],
      default: "float32",
      description: "how exactly weights.safetensors has its numbers",
    },
    resume: {
      type: "path",
      optional: true,
      description:
        "go on with the run in --out, or from a checkpoint, with its settings",
    },
    checkpointSteps: {
      type: "integer",
      min: 1,
      description: "steps between two checkpoints",
    },
    checkpointSeconds: {
      type: "number",
      above: 0,
      default: 60,
      description: "seconds between two checkpoints",
    },
    validateEvery: {
      type: "integer",
      min: 0,
      description: "steps between two measurements on validation images",
    },
    json: { type: "path", description: "a file for the result" },
  },
} as const;

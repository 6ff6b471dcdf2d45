import { runMiners } from "../../export/pytorch/run_settings.ts";
import { precisions } from "../../files/precision.ts";
import { trainSpec } from "../train/spec.ts";
import { targets } from "./targets.ts";

const { steps, lr, classesPerBatch, imagesPerClass, miner, seed } =
  trainSpec.options;
const ofWeights = { usually: "for torchrun; default that of the weights" };

/** The settings of a run that goes on elsewhere. */
export const runOptions = {
  steps: { ...steps, ...ofWeights },
  lr: { ...lr, ...ofWeights },
  classesPerBatch: { ...classesPerBatch, ...ofWeights },
  imagesPerClass: { ...imagesPerClass, ...ofWeights },
  miner: { ...miner, ...ofWeights, of: runMiners },
  seed: { ...seed, ...ofWeights, description: "decides the batches" },
} as const;

/** The options of `deno task export`. */
export const exportSpec = {
  name: "deno task export",
  description:
    "Writes saved weights for other programs: as ONNX, for onnxruntime and others, for PyTorch, for TensorFlow.js in a page, or as a run for torchrun, which trains them on many machines.",
  options: {
    weights: {
      type: "path",
      description: "the safetensors file that deno task train wrote",
    },
    to: {
      type: "choice",
      of: Object.keys(targets),
      description: "what they are written for",
    },
    out: {
      type: "path",
      description: "the file to write for onnx; for the others a folder",
      usually: "in out, named after the weights",
    },
    precision: {
      type: "choice",
      of: precisions,
      default: "float32",
      description: "what filters are stored in",
    },
    fold: {
      type: "boolean",
      description:
        "fold batch normalization into the convolutions; for onnx and tfjs",
    },
    ...runOptions,
  },
} as const;

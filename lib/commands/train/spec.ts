import { keepOptions } from "../../training/checkpoint/keeper.ts";
import {
  type Setting,
  settingsSchema,
} from "../../training/settings/schema.ts";
import { presets } from "../../training/settings/settings.ts";

type Schema = typeof settingsSchema;

/** Settings as options of a command: the values that one may have, and what it is. */
const { steps, epochs, seconds, learningRate, rule, backend, ...others } =
  Object.fromEntries(
    Object.entries<Setting>(settingsSchema).map((
      [key, { domain, description }],
    ) => [key, { ...domain, description }]),
  ) as { [K in keyof Schema]: Schema[K]["domain"] & { description: string } };

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
    steps,
    epochs,
    seconds,
    lr: learningRate,
    miner: rule,
    ...others,
    // WebGPU would have to be registered by the program.
    backend: { ...backend, of: ["wasm", "cpu", "auto"] },
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
      ...keepOptions.checkpointSteps.domain,
      description: "steps between two checkpoints",
    },
    checkpointSeconds: {
      ...keepOptions.checkpointSeconds.domain,
      default: 60,
      description: "seconds between two checkpoints",
    },
    json: { type: "path", description: "a file for the result" },
  },
} as const;

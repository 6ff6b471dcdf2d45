import {
  experimentNames,
  experimentSettings,
} from "../../experiment/series/experiments.ts";
import { settingsSchema } from "../../training/settings/schema.ts";

const { seed, steps, backend, threads, workers } = settingsSchema;

/** The options of `deno task experiments`. */
export const experimentsSpec = {
  name: "deno task experiments",
  description:
    "Makes the paper's experiments on MNIST: trains small networks that differ in one setting, and measures each. What a file has is not made again.",
  positionals: {
    name: "name…",
    description: `which (default all): ${experimentNames.join(", ")}`,
  },
  options: {
    list: {
      type: "boolean",
      description: "print the experiments and which runs are missing",
    },
    again: {
      type: "boolean",
      description: "begin the experiments anew and replace their files",
    },
    seeds: {
      type: "list",
      item: seed.domain,
      most: 100,
      default: [1, 2, 3],
      description: "a run of each point for each, such as 1,2,3",
    },
    steps: {
      ...steps.domain,
      default: experimentSettings.steps,
      description: "steps of training in a run",
    },
    testImages: {
      type: "integer",
      min: 50,
      max: 10_000,
      default: experimentSettings.testImages,
      description: "test images that are measured",
    },
    out: {
      type: "path",
      default: "data/experiments",
      description: "the folder for the files, NAME.json",
    },
    backend: {
      ...backend.domain,
      default: experimentSettings.backend,
      description: backend.description,
    },
    threads: { ...threads.domain, description: threads.description },
    workers: { ...workers.domain, description: workers.description },
  },
} as const;

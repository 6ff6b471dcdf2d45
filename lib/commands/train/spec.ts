import { checkpointOptions } from "../../training/checkpoint/writer.ts";
import {
  type Setting,
  settingsSchema,
} from "../../training/settings/schema.ts";
import { presetDomain, presets } from "../../training/settings/settings.ts";

type Schema = Omit<typeof settingsSchema, "rule">;

/** Settings as options of a command: the rows of the schema. */
const settings = Object.fromEntries(
  Object.entries<Setting>(settingsSchema)
    .filter(([name]) => name !== "rule")
    .map(([name, row]) => {
      const { domain, description, flag = name } = row;
      return [flag, { ...domain, description, usually: usual(name, row) }];
    }),
) as {
  [
    K in keyof Schema as Schema[K] extends { flag: infer F extends string } ? F
      : K
  ]:
    & Schema[K]["domain"]
    & { description: string; usually?: string };
};

/** What a setting is where it is not given, in words. */
function usual(name: string, row: Setting): string | undefined {
  const values = Object.entries<Record<string, unknown>>(presets)
    .map(([preset, { [name]: value = row.default }]) => [preset, value]);
  const [[, first] = []] = values;
  if (values.every(([, value]) => value === first)) {
    if (first === undefined) return undefined;
    return `default ${Array.isArray(first) ? first.join() || "none" : first}`;
  }
  return values.filter(([, value]) => value !== undefined)
    .map(([preset, value]) => `${preset} ${value}`).join(", ");
}

/** The options of `deno task train`. */
export const trainSpec = {
  name: "deno task train",
  description:
    "Trains NN2 on MNIST and evaluates it on the 10,000 test images by nearest class centroid.",
  options: {
    preset: {
      ...presetDomain,
      description: "the settings that the other options change (default quick)",
    },
    ...settings,
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
      ...checkpointOptions.everySteps.domain,
      description: "steps between two checkpoints",
    },
    checkpointSeconds: {
      ...checkpointOptions.everySeconds.domain,
      default: 60,
      description: "seconds between two checkpoints",
    },
    json: { type: "path", description: "a file for the result" },
  },
} as const;

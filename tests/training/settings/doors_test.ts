import * as tf from "@tensorflow/tfjs";
import { shown } from "../../../lib/numeric/refuse.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { batchImages } from "../../../lib/training/step/batch_images.ts";
import {
  decodeCheckpoint,
  encodeCheckpoint,
} from "../../../lib/training/checkpoint/checkpoint.ts";
import { resumableSteps } from "../../../lib/training/run/resumable_steps.ts";
import { createRun } from "../../../lib/training/run/run.ts";
import { budgetSpent } from "../../../lib/training/settings/budget.ts";
import { completeSettings } from "../../../lib/training/settings/complete.ts";
import { checkNetworkSettings } from "../../../lib/training/settings/network_settings.ts";
import { learningRate } from "../../../lib/training/settings/schedule.ts";
import {
  type Setting,
  type Settings,
  settingsSchema,
} from "../../../lib/training/settings/schema.ts";
import {
  changeSettings,
  presets,
  resolveSettings,
} from "../../../lib/training/settings/settings.ts";
import { trainingSteps } from "../../../lib/training/run/steps.ts";
import { threadsFor } from "../../../lib/training/step/threads.ts";
import { train } from "../../../lib/experiment/train.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { checkpointOf } from "../checkpoint/checkpoints.ts";
import { stripes } from "../digits.ts";
import { smallNetwork } from "../small_network.ts";
import { allowed, names, refusedInJson, refusedOf } from "./bad_values.ts";

type Door = (change: Record<string, unknown>) => unknown;

const dataset = stripes(44, 2, 1);
const digits = stripes(264, 2, 1);
const signal = AbortSignal.abort();
const base = resolveSettings("quick", {
  classesPerBatch: 2,
  imagesPerClass: 2,
});
await tf.setBackend("cpu");
const model = smallNetwork();
const only = (...names: (keyof Settings)[]) => names;

/** What takes settings, and which of them. */
const doors: Record<string, { names: (keyof Settings)[]; door: Door }> = {
  resolveSettings: {
    names,
    door: (change) => resolveSettings("quick", change),
  },
  changeSettings: { names, door: (change) => changeSettings(base, change) },
  train: {
    names,
    // Where nothing is refused, it ends before its first step.
    door: (change) =>
      train({
        data: { train: digits, test: digits },
        signal,
        settings: change,
      }),
  },
  "train, with settings beside other options,": {
    names,
    door: (change) =>
      train({ data: { train: digits, test: digits }, signal, ...change }),
  },
  trainingSteps: {
    names,
    door: (change) =>
      trainingSteps(model, dataset, { ...base, ...change }, createRandom(1))
        .next(),
  },
  resumableSteps: {
    names,
    door: (change) =>
      resumableSteps(
        model,
        dataset,
        { ...base, ...change },
        createRandom(1),
        { folder: "/nowhere" },
      ).next(),
  },
  createRun: {
    names,
    door: (change) =>
      createRun({
        model,
        dataset,
        settings: { ...base, ...change },
        random: createRandom(1),
      }),
  },
  saveWeights: {
    names,
    door: (change) => checkNetworkSettings("save", { ...base, ...change }),
  },
  threadsFor: {
    names: only("threads", "workers"),
    door: (change) => threadsFor({ ...base, ...change }),
  },
  batchImages: {
    names: only("augmentation", "inputSize", "binarize"),
    door: (change) =>
      batchImages(dataset, [0], { ...base, ...change }, createRandom(1)),
  },
  budgetSpent: {
    names: only("steps", "epochs", "seconds"),
    door: (change) => budgetSpent(change, { steps: 1, seconds: 1 }, 10),
  },
  learningRate: {
    names: only("learningRate", "warmUpSteps", "schedule"),
    door: ({ learningRate: peak = 1, schedule: shape, ...change }) =>
      learningRate({ peak, shape, ...change } as never, 0, 0),
  },
};

/** What a setting is called by a door, where it has another name there. */
const otherNames: Record<string, string> = {
  "learningRate learningRate": "peak",
  "learningRate schedule": "shape",
};

for (const [door, { names, door: enter }] of Object.entries(doors)) {
  Deno.test(`${door}() refuses every value that a setting may not have`, async () => {
    const held = tf.memory().numTensors;
    for (const name of names) {
      for (const value of refusedOf(name)) {
        const called = otherNames[`${door} ${name}`] ?? name;
        const { message } = await assertRejects(
          async () => await enter({ [name]: value }),
          RangeError,
          `expected ${called} to be `,
        );
        assert(message.endsWith(`, got ${shown(value)}`), message);
      }
    }
    assertEquals(tf.memory().numTensors, held);
  });
}

Deno.test("decodeCheckpoint() refuses every value that a setting may not have", () => {
  for (const name of names) {
    for (const value of refusedInJson(name)) {
      const checkpoint = checkpointOf(2);
      Object.assign(checkpoint.settings, { [name]: value });
      const bytes = encodeCheckpoint(checkpoint);
      let message = "";
      try {
        decodeCheckpoint(bytes, "step-2");
      } catch (error) {
        assert(error instanceof RangeError);
        message = error.message;
      }
      assert(
        message.startsWith(`Cannot read step-2: expected ${name} to be `) &&
          message.endsWith(`, got ${shown(value)}`),
        `${name} ${shown(value)}: ${message}`,
      );
    }
  }
});

for (
  const door of [
    ...["resolveSettings", "changeSettings", "train", "trainingSteps"],
    ...["resumableSteps", "createRun", "threadsFor"],
  ]
) {
  Deno.test(`${door}() refuses two numbers of threads`, async () => {
    await assertRejects(
      async () => await doors[door]!.door({ threads: 1, workers: 2 }),
      RangeError,
      "Cannot train: expected threads and workers, two names of one setting, to be the same, got 1 and 2",
    );
  });
}

Deno.test("every bound of a setting is allowed", () => {
  for (const name of names) {
    for (const value of allowed[name]) {
      const settings = resolveSettings("quick", { [name]: value });
      const { aliasOf = name } = settingsSchema[name] as Setting;
      assertEquals(settings[aliasOf] as unknown, value);
      const others = { ...presets.full, [aliasOf]: undefined };
      completeSettings("train", { ...others, [name]: value });
      checkNetworkSettings("save", settings);
    }
  }
});

for (const door of ["resolveSettings", "changeSettings", "train"]) {
  Deno.test(`${door}() takes undefined for not given, null for a value`, async () => {
    const { door: enter } = doors[door]!;
    if (door !== "train") enter(Object.fromEntries(names.map((n) => [n])));
    await assertRejects(
      async () => await enter({ margin: null }),
      RangeError,
      "expected margin to be a number from 0 to 4, got null",
    );
  });
}

for (
  const door of [
    ...["resolveSettings", "changeSettings", "train", "trainingSteps"],
    ...["resumableSteps", "createRun"],
  ]
) {
  Deno.test(`${door}() refuses settings that there are not`, async () => {
    const { door: enter } = doors[door]!;
    const near = { margn: "margin", inputsize: "inputSize", Seed: "seed" };
    const cases = [
      ...Object.entries(near).map(([name, known]) =>
        [name, `expected the setting "${known}", got "${name}"`] as const
      ),
      ...["constructor", "__proto__", "toString", "hasOwnProperty", "x"].map(
        (name) => [name, "expected settings among "] as const,
      ),
    ];
    for (const [name, message] of cases) {
      // A computed name is an own key, also "__proto__", as JSON makes it.
      await assertRejects(
        async () => await enter({ [name]: 1 }),
        RangeError,
        message,
      );
    }
  });
}

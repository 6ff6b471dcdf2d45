import * as tf from "@tensorflow/tfjs";
import { shown } from "../../lib/numeric/refuse.ts";
import {
  type ResumableOptions,
  resumableSteps,
} from "../../lib/training/run/resumable_steps.ts";
import { resolveSettings } from "../../lib/training/settings/settings.ts";
import { train } from "../../lib/experiment/train.ts";
import {
  planOf,
  type TrainOptions,
} from "../../lib/experiment/train_options.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { stripes } from "../training/digits.ts";
import { smallNetwork } from "../training/small_network.ts";

const odd = [1, 0, -1, NaN, null, [], {}, "", " "];
const callbacks = [...odd, "log", true];
const paths = [...odd, true, false];

const steps = [0, -1, 0.5, NaN, Infinity, "1", null, [], {}, true];
const seconds = [0, -1, NaN, Infinity, "60", null, [], {}, true];
const records = [1, 0, -1, NaN, null, [], "", " ", "text", true];

/** What the options may not be, by their names. */
const refused: Record<string, readonly unknown[]> = {
  preset: [...odd, "slow", "constructor", "__proto__", true],
  settings: records,
  data: [...odd, "mnist", true],
  weights: paths,
  checkpoints: paths.filter((value) => JSON.stringify(value) !== "{}"),
  resume: odd,
  on: records,
  signal: [...odd, "stop", true, { aborted: false }],
  stopOnCollapse: [...odd, "false"],
};

/** Those in `on`. */
const callbackNames = ["step", "validation", "trained", "evaluation"]
  .concat("resume", "checkpoint", "warning");

async function refuses(options: object, name: string, value: unknown) {
  const { message } = await assertRejects(
    () => train(options as TrainOptions),
    RangeError,
    `Cannot train: expected ${name} to be `,
  );
  assertEquals(message.endsWith(`, got ${shown(value)}`), true, message);
}

for (const [name, values] of Object.entries(refused)) {
  Deno.test(`train() refuses every ${name} that cannot be`, async () => {
    for (const value of values) await refuses({ [name]: value }, name, value);
  });
}

Deno.test("train() refuses callbacks and checkpoints that cannot be", async () => {
  for (const name of callbackNames) {
    for (const value of callbacks) {
      await refuses({ on: { [name]: value } }, name, value);
      const former = `on${name[0]!.toUpperCase()}${name.slice(1)}`;
      await refuses({ [former]: value }, name, value);
    }
  }
  const folder = "out";
  for (const value of steps) {
    const checkpoints = { folder, everySteps: value };
    await refuses({ checkpoints }, "everySteps", value);
    const former = { checkpoints: folder, checkpointSteps: value };
    await refuses(former, "everySteps", value);
  }
  for (const value of seconds) {
    const checkpoints = { folder, everySeconds: value };
    await refuses({ checkpoints }, "everySeconds", value);
    const former = { checkpoints: folder, checkpointSeconds: value };
    await refuses(former, "everySeconds", value);
  }
  await refuses({ checkpoints: {} }, "folder", undefined);
});

Deno.test("train() refuses options that there are not, and what holds none", async () => {
  const cases = [
    [{ onStepp: () => {} }, 'the callback "step", got "stepp"'],
    [{ onstep: () => {} }, "options among preset, settings"],
    [{ checkpoint: "out" }, 'the option "checkpoints", got "checkpoint"'],
    [{ on: { stepp: () => {} } }, 'the callback "step", got "stepp"'],
    [{ settings: { margn: 1 } }, 'the setting "margin", got "margn"'],
    [
      { checkpoints: { folder: "out", steps: 3 } },
      "options among folder, everySteps, everySeconds",
    ],
    [{ lr: 0.1 }, "options among preset, settings, data, weights, checkpoints"],
    [{ constructor: 1 }, "options among preset, settings"],
    [null, "an object with options, got null"],
    ["quick", 'an object with options, got "quick"'],
    [[], "an object with options, got []"],
  ] as const;
  for (const [options, expected] of cases) {
    await assertRejects(
      () => train(options as TrainOptions),
      RangeError,
      `Cannot train: expected ${expected}`,
    );
  }
});

Deno.test("planOf() brings former options into their present form", () => {
  const [step, warning] = [() => {}, () => {}];
  const present: TrainOptions = {
    preset: "full",
    settings: { margin: 0.3, steps: 5 },
    checkpoints: { folder: "out", everySteps: 2, everySeconds: undefined },
    on: { step, warning },
  };
  const plan = planOf({
    preset: "full",
    margin: 0.3,
    steps: 5,
    checkpoints: "out",
    checkpointSteps: 2,
    onStep: step,
    onWarning: warning,
  });
  assertEquals(plan, planOf(present));
  const { preset, settings, checkpoints, on } = plan;
  assertEquals({ preset, settings, checkpoints, on }, present);
});

Deno.test("planOf() goes by the present form where both say something", () => {
  const plan = planOf({
    margin: 0.1,
    steps: 5,
    settings: { margin: 0.3 },
    checkpointSteps: 2,
    checkpoints: { folder: "out", everySteps: 3 },
  });
  assertEquals(plan.settings, { margin: 0.3, steps: 5 });
  assertEquals(plan.checkpoints?.everySteps, 3);
});

Deno.test("resumableSteps() refuses options that cannot be", async () => {
  await tf.setBackend("cpu");
  const settings = resolveSettings("quick", {
    classesPerBatch: 2,
    imagesPerClass: 2,
  });
  const cases: [object, string][] = [
    ...[...paths, undefined].map((folder): [object, string] => [
      { folder },
      `expected folder to be a path, got ${shown(folder)}`,
    ]),
    [{ folder: "a", signal: {} }, "expected signal to be an AbortSignal"],
    [{ folder: "a", onResume: "log" }, "expected resume to be a function"],
    [{ folder: "a", onCheckpont: 1 }, 'expected the callback "checkpoint"'],
    [{ folder: "a", checkpointSteps: 0.5 }, "expected everySteps to be"],
    [{ folder: "a", everySteps: 0.5 }, "expected everySteps to be"],
    [
      { folder: "a", on: { resume: "log" } },
      "expected resume to be a function",
    ],
    [{ folder: "a", on: { stepp: 1 } }, "expected callbacks among checkpoint"],
  ];
  const model = smallNetwork();
  for (const [options, message] of cases) {
    const run = resumableSteps(
      model,
      stripes(8, 2, 1),
      settings,
      { integer: () => 1 } as never,
      options as ResumableOptions,
    );
    await assertRejects(() => run.next(), RangeError, message);
  }
  model.dispose();
});

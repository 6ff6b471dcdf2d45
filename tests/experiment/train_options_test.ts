import * as tf from "@tensorflow/tfjs";
import { shown } from "../../lib/numeric/refuse.ts";
import { checkKeepOptions } from "../../lib/training/checkpoint/keeper.ts";
import {
  type ResumableOptions,
  resumableSteps,
} from "../../lib/training/run/resumable_steps.ts";
import { settle } from "../../lib/training/settings/settings.ts";
import { train } from "../../lib/experiment/train.ts";
import {
  divideOptions,
  type TrainOptions,
} from "../../lib/experiment/train_options.ts";
import { assertEquals, assertRejects, assertThrows } from "../assert.ts";
import { stripes } from "../training/digits.ts";
import { smallNetwork } from "../training/small_network.ts";

const odd = [1, 0, -1, NaN, null, [], {}, "", " "];
const callbacks = [...odd, "log", true];
const paths = [...odd, true, false];

/** What the options that are no settings may not be. */
const refused: Record<string, readonly unknown[]> = {
  preset: [...odd, "slow", "constructor", "__proto__", true],
  data: [...odd.filter((value) => value !== undefined), "mnist", true],
  weights: paths,
  checkpoints: paths,
  resume: odd,
  signal: [...odd, "stop", true, { aborted: false }],
  stopOnCollapse: [...odd, "false"],
  onResume: callbacks,
  onStep: callbacks,
  onValidation: callbacks,
  onTrained: callbacks,
  onEvaluation: callbacks,
};

/** Those of keeping a run. */
const refusedKeeping: Record<string, readonly unknown[]> = {
  checkpointSteps: [0, -1, 0.5, NaN, Infinity, "1", null, [], {}, true],
  checkpointSeconds: [0, -1, NaN, Infinity, "60", null, [], {}, true],
  onCheckpoint: callbacks,
  onWarning: callbacks,
};

const message = (name: string, value: unknown) =>
  new RegExp(`expected ${name} to be .*, got ${RegExp.escape(shown(value))}$`);

for (
  const [name, values] of Object.entries({ ...refused, ...refusedKeeping })
) {
  Deno.test(`train() refuses every ${name} that cannot be`, async () => {
    for (const value of values) {
      const error = await assertRejects(
        () => train({ [name]: value }),
        RangeError,
        "Cannot train: expected ",
      );
      assertEquals(message(name, value).test(error.message), true);
    }
  });
}

Deno.test("train() refuses options that there are not, and what holds none", async () => {
  const cases = [
    [{ onstep: () => {} }, 'the option "onStep", got "onstep"'],
    [{ checkpoint: "out" }, 'the option "checkpoints", got "checkpoint"'],
    [{ lr: 0.1 }, "options among steps, epochs, seconds, learningRate"],
    [{ constructor: 1 }, "options among steps, epochs"],
    [null, "options in an object, got null"],
    ["quick", 'options in an object, got "quick"'],
    [[], "options in an object, got []"],
  ] as const;
  for (const [options, expected] of cases) {
    await assertRejects(
      () => train(options as TrainOptions),
      RangeError,
      `Cannot train: expected ${expected}`,
    );
  }
});

Deno.test("divideOptions() tells settings from what is kept and the rest", () => {
  const [onStep, onWarning] = [() => {}, () => {}];
  const divided = divideOptions({
    margin: 0.3,
    steps: 5,
    preset: "full",
    onStep,
    onWarning,
    checkpointSteps: 2,
  });
  assertEquals(divided.changes, { margin: 0.3, steps: 5 });
  assertEquals(divided.plan, { preset: "full", onStep });
  assertEquals(divided.keeping, { onWarning, checkpointSteps: 2 });
});

Deno.test("checkKeepOptions() refuses what cannot be, and other options", () => {
  for (const [name, values] of Object.entries(refusedKeeping)) {
    for (const value of values) {
      assertThrows(
        () => checkKeepOptions({ [name]: value }),
        RangeError,
        `Cannot keep checkpoints: expected ${name} to be `,
      );
    }
  }
  assertThrows(
    () => checkKeepOptions({ checkpointStep: 1 } as object),
    RangeError,
    'expected the option "checkpointSteps", got "checkpointStep"',
  );
  checkKeepOptions({ checkpointSteps: undefined, checkpointSeconds: 1e9 });
});

Deno.test("resumableSteps() refuses options that cannot be", async () => {
  await tf.setBackend("cpu");
  const settings = settle("quick", { classesPerBatch: 2, imagesPerClass: 2 });
  const cases: [object, string][] = [
    ...[...paths, undefined].map((folder): [object, string] => [
      { folder },
      `expected folder to be a path, got ${shown(folder)}`,
    ]),
    [{ folder: "a", signal: {} }, "expected signal to be an AbortSignal"],
    [{ folder: "a", onResume: "log" }, "expected onResume to be a function"],
    [{ folder: "a", onCheckpont: 1 }, 'expected the option "onCheckpoint"'],
    [{ folder: "a", checkpointSteps: 0.5 }, "expected checkpointSteps to be"],
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

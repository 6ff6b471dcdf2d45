import { join } from "node:path";
import { encodeCheckpoint } from "../../../lib/training/checkpoint/checkpoint.ts";
import { readCheckpoint } from "../../../lib/training/checkpoint/checkpoint_folder.ts";
import { readStoredRun } from "../../../lib/training/checkpoint/stored_run.ts";
import { assertEquals, assertRejects, assertThrows } from "../../assert.ts";
import { inFolder } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";
import { checkpointOf, relabelled } from "./checkpoints.ts";

/** The run of a checkpoint, as it is stored. */
function runOf(step: number) {
  const { weights: _, adam, ...rest } = checkpointOf(step);
  return { ...rest, adamSteps: adam.steps };
}

Deno.test("readStoredRun() reads what is stored", () => {
  const run = runOf(3);
  assertEquals(readStoredRun(JSON.stringify(run), "step-3"), run);
});

Deno.test("readStoredRun() reads what older versions stored", () => {
  const { settings, ...run } = runOf(3);
  const { miner, beta1: _, beta2: __, epsilon: ___, ...rest } = settings;
  // They wrote as workers the cores of their machine, asked for or not.
  const older = { ...run, settings: { ...rest, rule: miner, workers: 64 } };
  const read = readStoredRun(JSON.stringify(older), "step-3");
  assertEquals(read, { ...run, settings });
});

Deno.test("readStoredRun() names the file and what a run cannot have", () => {
  const run = runOf(2);
  const [first, second] = run.steps;
  const cases = [
    [{ settings: null }, "settings in an object, got null"],
    [{ settings: {} }, "learningRate to be a number above 0"],
    [
      { settings: { ...run.settings, margn: 0.2 } },
      'the setting "margin", got "margn"',
    ],
    [
      { settings: { ...run.settings, steps: undefined } },
      "a budget of steps, epochs or seconds, got none",
    ],
    [{ sampler: null }, "the sampler's seed to be a whole number, got nothing"],
    [{ sampler: { seed: 1, batches: -1 } }, "the sampler's batches to be"],
    [{ draws: [1, 2] }, "draws to be 4 whole numbers, got [1, 2]"],
    [{ draws: [1, 2, 3, 0.5] }, "draws to be 4 whole numbers"],
    [
      { adamSteps: "2" },
      'adamSteps to be a whole number of 0 or more, got "2"',
    ],
    [{ images: null }, "images to be a whole number of 0 or more, got null"],
    [{ validations: {} }, "a list of validations, got an object without keys"],
    [{ steps: 2 }, "a list of steps, got 2"],
    [{ steps: [first, first] }, "step 2, got 1"],
    [
      { steps: [first, { ...second, seconds: null }] },
      "the seconds of step 2 to be a number of 0 or more, got null",
    ],
  ] as const;
  for (const [change, message] of cases) {
    const text = JSON.stringify({ ...run, ...change });
    assertThrows(
      () => readStoredRun(text, "step-2"),
      RangeError,
      `Cannot read step-2: expected ${message}`,
    );
  }
  for (const text of [undefined, "", "{", "null", "3"]) {
    assertThrows(
      () => readStoredRun(text, "step-2"),
      SyntaxError,
      "Cannot read step-2: expected a run as JSON in its metadata, got ",
    );
  }
});

permittedTest(
  "readCheckpoint() names the file whose setting cannot be, and goes round it to none",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      const write = async (step: number, change: object) => {
        const run = runOf(step);
        Object.assign(run.settings, change);
        const bytes = relabelled(encodeCheckpoint(checkpointOf(step)), {
          run: JSON.stringify(run),
        });
        const path = join(folder, `step-${step}.safetensors`);
        await Deno.writeFile(path, bytes);
        return path;
      };
      await write(1, {});
      const path = await write(2, { margin: "0.2" });
      await assertRejects(
        () => readCheckpoint(folder),
        RangeError,
        `Cannot read ${path}: expected margin to be a number from 0 to 4, got "0.2"`,
      );
    }),
);

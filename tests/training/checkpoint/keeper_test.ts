import { join } from "node:path";
import {
  checkKeepOptions,
  createKeeper,
  type KeepOptions,
} from "../../../lib/training/checkpoint/keeper.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { inFolder, namesIn } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";
import { checkpointOf } from "./checkpoints.ts";

const wait = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A keeper of a run that is told how far it is. */
function keeperIn(folder: string, options: KeepOptions) {
  const run = { step: 0 };
  const written: number[] = [];
  const keeper = createKeeper({
    folder,
    earlier: [],
    step: () => run.step,
    checkpoint: () => checkpointOf(run.step),
  }, { ...options, onCheckpoint: (_, step) => void written.push(step) });
  const at = async (step: number) => {
    run.step = step;
    await keeper.whenDue();
  };
  return { at, now: keeper.now, written };
}

const test = (name: string, body: (folder: string) => Promise<void>) =>
  permittedTest(
    `createKeeper() ${name}`,
    ["read", "write"],
    () => inFolder(body),
  );

test("writes after so many steps, and what is new at the end", async (folder) => {
  const { at, now, written } = keeperIn(folder, { checkpointSteps: 3 });
  await now();
  for (const step of [1, 2, 3, 4, 5, 6, 7]) await at(step);
  assertEquals(written, [3, 6]);
  await now();
  await now();
  assertEquals(written, [3, 6, 7]);
  assertEquals(namesIn(folder), ["step-6.safetensors", "step-7.safetensors"]);
});

test("writes after so many seconds", async (folder) => {
  const { at, written } = keeperIn(folder, { checkpointSeconds: 0.2 });
  await at(1);
  await wait(250);
  await at(2);
  await at(3);
  assertEquals(written, [2]);
});

test("warns where it cannot write, and tries again when it is due", async (parent) => {
  const folder = join(parent, "file");
  await Deno.writeTextFile(folder, "in the way");
  const warnings: string[] = [];
  const { at, written } = keeperIn(folder, {
    checkpointSteps: 2,
    onWarning: (message) => void warnings.push(message),
  });
  for (const step of [1, 2, 3]) await at(step);
  assertEquals(warnings.length, 1);
  assert(
    warnings[0]!.startsWith(
      `Cannot write a checkpoint of step 2: expected room and leave to write in ${folder}, got "`,
    ),
  );
  assert(warnings[0]!.endsWith("There is none yet"));
  await Deno.remove(folder);
  await at(4);
  assertEquals(written, [4]);
});

Deno.test("checkKeepOptions() refuses pauses of nothing", () => {
  checkKeepOptions({});
  checkKeepOptions({ checkpointSteps: 1, checkpointSeconds: 0.1 });
  for (const value of [0, -1, NaN, 0.5]) {
    assertThrows(
      () => checkKeepOptions({ checkpointSteps: value }),
      RangeError,
      `Cannot keep checkpoints: expected checkpointSteps to be a whole number of 1 or more, got ${value}`,
    );
  }
});

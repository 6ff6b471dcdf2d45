import { join } from "node:path";
import {
  type CheckpointCallbacks,
  type CheckpointOptions,
  createCheckpointWriter,
} from "../../../lib/training/checkpoint/writer.ts";
import { assert, assertEquals } from "../../assert.ts";
import { inFolder, namesIn } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";
import { checkpointOf } from "./checkpoints.ts";

const wait = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The writer of a run that is told how far it is. */
function writerIn(options: CheckpointOptions, on: CheckpointCallbacks = {}) {
  const run = { step: 0 };
  const written: number[] = [];
  const writer = createCheckpointWriter(
    {
      earlier: [],
      step: () => run.step,
      checkpoint: () => Promise.resolve(checkpointOf(run.step)),
    },
    options,
    { ...on, checkpoint: (_, step) => void written.push(step) },
  );
  const at = async (step: number) => {
    run.step = step;
    await writer.writeIfDue();
  };
  return { at, write: writer.write, written };
}

const test = (name: string, body: (folder: string) => Promise<void>) =>
  permittedTest(
    `createCheckpointWriter() ${name}`,
    ["read", "write"],
    () => inFolder(body),
  );

test("writes after so many steps, and what is new at the end", async (folder) => {
  const { at, write, written } = writerIn({ folder, everySteps: 3 });
  await write();
  for (const step of [1, 2, 3, 4, 5, 6, 7]) await at(step);
  assertEquals(written, [3, 6]);
  await write();
  await write();
  assertEquals(written, [3, 6, 7]);
  assertEquals(namesIn(folder), ["step-6.safetensors", "step-7.safetensors"]);
});

test("writes after so many seconds", async (folder) => {
  const { at, written } = writerIn({ folder, everySeconds: 0.2 });
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
  const { at, written } = writerIn({ folder, everySteps: 2 }, {
    warning: (message) => void warnings.push(message),
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

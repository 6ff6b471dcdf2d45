import { basename, join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import {
  readCheckpoint,
  writeCheckpoint,
} from "../../../lib/training/checkpoint/checkpoint_folder.ts";
import { resumableSteps } from "../../../lib/training/run/resumable_steps.ts";
import { assertEquals, assertRejects } from "../../assert.ts";
import { namesIn } from "../../digits/folder.ts";
import { stripes } from "../digits.ts";
import { smallNetwork } from "../small_network.ts";
import { type Cell, dataset, runCell, settings, test } from "./cells.ts";

test("refuses other settings, images and a spent budget, and changes nothing", async (folder) => {
  await runCell({ folder, breakAfter: 2 });
  const [name] = namesIn(folder);
  const path = join(folder, name!);
  const before = await Deno.readFile(path);
  const refuses = (cell: Partial<Cell>, message: string) =>
    assertRejects(() => runCell({ folder, ...cell }), RangeError, message);
  await refuses(
    { settings: { ...settings, margin: 0.3, miner: "batch-all" } },
    `Cannot resume ${path} with other settings than the run began with: expected margin 0.2, miner "semi-hard", got margin 0.3, miner "batch-all"`,
  );
  await refuses(
    { dataset: stripes(44, 3, 2) },
    `Cannot resume ${path} with other images`,
  );
  await refuses(
    { settings: { ...settings, steps: 2 } },
    `Cannot resume ${path} with this budget: expected more than the 2 steps in 0 seconds that are done, got {"steps":2}`,
  );
  await refuses(
    { units: 5 },
    `Cannot resume ${path}: Cannot set the weights, which belong to another architecture: expected hidden/kernel as float32 [49,5], got float32 [49,16]`,
  );
  await refuses(
    { everySeconds: 0 },
    "everySeconds to be a number above 0, got 0",
  );
  assertEquals(namesIn(folder), [name!]);
  assertEquals(await Deno.readFile(path), before);
});

test("keeps no checkpoint of a step that failed half way", async (folder) => {
  const cut = (step: number, model: tf.LayersModel) => {
    if (step !== 2) return;
    model.apply = () => {
      throw new Error("cut");
    };
  };
  await assertRejects(() => runCell({ folder, onStep: cut }), Error, "cut");
  assertEquals(namesIn(folder), []);
});

test("ends with the error of a step, and the last checkpoint stays", async (folder) => {
  assertEquals(await runCell({ folder, breakAfter: 2 }), [1, 2]);
  const [path] = namesIn(folder).map((name) => join(folder, name));
  const { checkpoint } = await readCheckpoint(path!);
  // Finite, for a checkpoint of NaN is not read; their sums are not.
  checkpoint.weights["embedding/kernel"]!.data.fill(3e38);
  const poisoned = await writeCheckpoint(
    join(folder, "poisoned"),
    checkpoint,
    [],
  );
  await assertRejects(
    () => runCell({ folder: join(folder, "poisoned") }),
    RangeError,
    "expected a finite loss, got NaN",
  );
  assertEquals(namesIn(join(folder, "poisoned")), [basename(poisoned[0]!)]);
  assertEquals(await runCell({ folder }), [3, 4, 5, 6, 7, 8, 9]);
});

test("keeps no checkpoint of NaN", async (folder) => {
  const poison = (step: number, model: tf.LayersModel) => {
    if (step !== 2) return;
    const moving = model.getLayer("norm").weights[2]!;
    moving.write(moving.read().mul(NaN));
  };
  await assertRejects(
    () => runCell({ folder, everySteps: 1, onStep: poison }),
    RangeError,
    "expected finite weights, got NaN in norm/moving_mean",
  );
  assertEquals(namesIn(folder), ["step-1.safetensors"]);
});

test("frees what it holds, however it ends", async (folder) => {
  await useBackend("cpu");
  const model = smallNetwork();
  const held = tf.memory().numTensors;
  const loop = async (limit: number) => {
    const random = createRandom(1);
    const options = { folder };
    for await (
      const { step } of resumableSteps(
        model,
        dataset,
        settings,
        random,
        options,
      )
    ) if (step === limit) break;
  };
  await loop(2);
  assertEquals(tf.memory().numTensors, held);
  await loop(99);
  assertEquals(tf.memory().numTensors, held);
  const { numTensors } = tf.memory();
  const weights = model.weights.map((weight) => weight.read());
  const more = { ...settings, steps: 20 };
  const run = resumableSteps(model, dataset, more, createRandom(1), { folder });
  await run.next();
  tf.dispose(weights);
  // No checkpoint can be made any longer.
  await assertRejects(() => run.return(), Error, "already disposed");
  assertEquals(tf.memory().numTensors, numTensors - weights.length);
});

// A run that killed_run_test.ts kills: `killed_run.ts <folder> <steps>` goes on
// with the run in the folder and says each step.
import type * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { resumableSteps } from "../../../lib/training/run/resumable_steps.ts";
import { resolveSettings } from "../../../lib/training/settings/settings.ts";
import { stripes } from "../digits.ts";
import { smallNetwork } from "../small_network.ts";

/** Trains on a few images; every step has its checkpoint, of about 2 MB. */
export async function trainKilled(
  folder: string,
  steps: number,
  onStep: (step: number) => void,
): Promise<void> {
  await useBackend("wasm");
  const model: tf.LayersModel = smallNetwork({
    units: 3000,
    statistics: false,
  });
  const settings = resolveSettings("quick", {
    classesPerBatch: 3,
    imagesPerClass: 3,
    miner: "explicit",
    augmentation: "affine",
    threads: 2,
    steps,
  });
  const run = resumableSteps(
    model,
    stripes(33, 3, 1),
    settings,
    createRandom(1),
    { folder, everySteps: 1, on: { warning: console.error } },
  );
  for await (const { step } of run) onStep(step);
  model.dispose();
}

if (import.meta.main) {
  const [folder, steps] = Deno.args;
  console.log("started");
  await trainKilled(folder!, Number(steps), (step) => console.log(step));
}

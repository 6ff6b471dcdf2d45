import type * as tf from "@tensorflow/tfjs";
import {
  type BackendName,
  useBackend,
} from "../../../lib/backends/use_backend.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { readCheckpoint } from "../../../lib/training/checkpoint/checkpoint_folder.ts";
import {
  type ResumableOptions,
  resumableSteps,
} from "../../../lib/training/run/resumable_steps.ts";
import type { Settings } from "../../../lib/training/settings/schema.ts";
import { resolveSettings } from "../../../lib/training/settings/settings.ts";
import { inFolder } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";
import { stripes } from "../digits.ts";
import { smallNetwork } from "../small_network.ts";

export const dataset = stripes(44, 3, 1);
export const settings = resolveSettings("quick", {
  classesPerBatch: 2,
  imagesPerClass: 4,
  steps: 9,
});

export interface Cell extends ResumableOptions {
  settings?: Settings;
  dataset?: typeof dataset;
  units?: number;
  /** What computes (default cpu, or wasm where settings have threads). */
  backend?: BackendName;
  /** The step to leave the loop after. */
  breakAfter?: number;
  onStep?: (step: number, model: tf.LayersModel) => void;
}

/** What a notebook's cell would do, in a kernel without a past. */
export async function runCell(cell: Cell): Promise<number[]> {
  const {
    breakAfter,
    onStep,
    settings: _,
    dataset: __,
    units: ___,
    backend,
    ...options
  } = cell;
  const hasThreads = cell.settings?.threads !== undefined;
  await useBackend(backend ?? (hasThreads ? "wasm" : "cpu"));
  const model = smallNetwork(cell);
  const steps = [];
  try {
    const run = resumableSteps(
      model,
      cell.dataset ?? dataset,
      cell.settings ?? settings,
      createRandom(1),
      options,
    );
    for await (const { step } of run) {
      steps.push(step);
      onStep?.(step, model);
      if (step === breakAfter) break;
    }
  } finally {
    model.dispose();
  }
  return steps;
}

/** The newest checkpoint of a folder. */
export async function lastIn(folder: string) {
  return (await readCheckpoint(folder)).checkpoint;
}

/** A test with a folder of its own. */
export const test = (name: string, body: (folder: string) => Promise<void>) =>
  permittedTest(
    `resumableSteps() ${name}`,
    ["read", "write"],
    () => inFolder(body),
  );

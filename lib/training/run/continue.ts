import type { Dataset } from "../../digits/dataset.ts";
import { leaveOutClasses } from "../../digits/leave_out.ts";
import { refuse } from "../../numeric/refuse.ts";
import { budgetOf, budgetSpent, withoutBudget } from "../settings/budget.ts";
import {
  checkpointsIn,
  type FoundCheckpoint,
  readCheckpoint,
} from "../checkpoint/checkpoint_folder.ts";
import { fingerprint } from "../checkpoint/stored_run.ts";
import type { SettingChanges, Settings } from "../settings/schema.ts";
import {
  changeSettings,
  type PresetName,
  resolveSettings,
} from "../settings/settings.ts";

/**
 * The settings to continue a run with: those that it began with, or what a
 * preset and changes ask for, which {@linkcode checkContinues} then compares.
 * The budget, the backend and the threads that were asked for stay unless the changes
 * hold others.
 *
 * @throws {RangeError} If a preset is unknown or a number is out of range.
 */
export function continueSettings(
  begun: Settings,
  preset: PresetName | undefined,
  changes: SettingChanges,
): Settings {
  const base = preset === undefined ? begun : resolveSettings(preset);
  return changeSettings({
    ...withoutBudget(base),
    ...budgetOf(begun),
    backend: begun.backend,
    threads: begun.threads,
  }, changes);
}

/**
 * Makes sure that a run can go on from a checkpoint with these settings and
 * images. The number of threads may be another one, and so may the backend: then
 * the weights are no longer the same to the last bit. So may the budget, of
 * which something must be left: the learning rate then goes on as it would be at
 * this step of the new budget.
 *
 * @throws {RangeError} If a setting or the images differ, or the new budget is
 * spent already.
 */
export function checkContinues(
  { path, checkpoint }: FoundCheckpoint,
  settings: Settings,
  dataset: Dataset,
): void {
  const begun = checkpoint.settings;
  checkSame(path, fixed(begun), fixed(settings));
  if (fingerprint(dataset) !== checkpoint.images) {
    refuse(
      `resume ${path} with other images`,
      "those that the run began with",
      "others",
    );
  }
  const [before, budget] = [begun, settings].map((each) =>
    JSON.stringify(budgetOf(each))
  );
  if (budget === before) return;
  const { classesPerBatch, imagesPerClass, leaveOut = [] } = settings;
  const { count } = leaveOutClasses(dataset, leaveOut);
  const { step = 0, seconds = 0 } = checkpoint.steps.at(-1) ?? {};
  const stepsPerEpoch = count / (classesPerBatch * imagesPerClass);
  if (budgetSpent(settings, { steps: step, seconds }, stepsPerEpoch) >= 1) {
    const done = `${step} steps in ${seconds.toFixed(0)} seconds`;
    refuse(
      `resume ${path} with this budget`,
      `more than the ${done} that are done`,
      budget!,
    );
  }
}

/** The settings that a run keeps from its first step to its last. */
function fixed({ threads: _, backend: __, ...settings }: Settings): object {
  return withoutBudget(settings);
}

function checkSame(path: string, begun: object, asked: object): void {
  const text = (settings: object, key: string) =>
    `${key} ${JSON.stringify((settings as Record<string, unknown>)[key])}`;
  const different = Object.keys({ ...begun, ...asked })
    .filter((key) => text(begun, key) !== text(asked, key));
  if (different.length === 0) return;
  refuse(
    `resume ${path} with other settings than the run began with`,
    different.map((key) => text(begun, key)).join(", "),
    different.map((key) => text(asked, key)).join(", "),
  );
}

/**
 * Makes sure that a run can begin in a folder without overwriting one that has
 * not ended.
 *
 * @throws {RangeError} If the folder holds such a run, or checkpoints that
 * cannot be read.
 */
export async function checkVacant(folder: string): Promise<void> {
  if ((await checkpointsIn(folder)).length === 0) return;
  const found = await readCheckpoint(folder).catch((error: Error) => error);
  const isRead = "checkpoint" in found;
  if (isRead && found.checkpoint.steps.at(-1)?.progress === 1) return;
  const got = isRead ? found.path : found.message;
  refuse(
    `begin a run in ${folder}`,
    "none there that has not ended",
    `${got}. Resume it, choose another folder, or remove this one`,
  );
}

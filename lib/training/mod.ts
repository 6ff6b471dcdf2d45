/**
 * Training step by step: the optimizer, a step's way from images to new weights,
 * the schedule of the learning rate, checkpoints from which a run goes on to the same
 * bits, and the weights' files. `train` of `@facenet/mnist/experiment` puts it all
 * together.
 *
 * @module
 */
export {
  type Adam,
  type AdamOptions,
  createAdam,
  restoreAdam,
} from "./optimizer/adam.ts";
export type { AdamState } from "./optimizer/adam_state.ts";
export { learningRate, type Schedule } from "./settings/schedule.ts";
export {
  type PresetName,
  presets,
  resolveSettings,
  settle,
} from "./settings/settings.ts";
export type {
  Augmentation,
  ScheduleShape,
  SettingChanges,
  Settings,
  SettingsByRule,
} from "./settings/schema.ts";
export { type StepResult, trainBatch, trainStep } from "./step/step.ts";
export {
  trainableVariables,
  type Training,
  type TrainingByRule,
} from "./step/training.ts";
export type { StepReport, Validation } from "./checkpoint/run_state.ts";
export { trainingSteps } from "./run/steps.ts";
export {
  type ResumableOptions,
  resumableSteps,
} from "./run/resumable_steps.ts";
export {
  type FoundCheckpoint,
  readCheckpoint,
} from "./checkpoint/checkpoint_folder.ts";
export type { Checkpoint } from "./checkpoint/checkpoint.ts";
export type {
  CheckpointCallbacks,
  CheckpointOptions,
} from "./checkpoint/writer.ts";
export type { KeepOptions } from "./run/former_options.ts";
export { embeddingSpread } from "./step/collapse.ts";
export { renewStatistics } from "./step/renew_statistics.ts";
export {
  type LoadedNetwork,
  loadNetwork,
  loadWeights,
  saveWeights,
} from "./weights/weights.ts";
export type { NetworkSettings } from "./settings/network_settings.ts";

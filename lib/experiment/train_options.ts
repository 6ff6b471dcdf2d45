import type * as tf from "@tensorflow/tfjs";
import type { BackendDescription } from "../backends/describe_backend.ts";
import type { Mnist } from "../digits/mnist.ts";
import type { BaselineReports } from "../evaluation/classification/baselines.ts";
import type { KindDomain } from "../numeric/domain.ts";
import type {
  StepReport,
  Validation,
} from "../training/checkpoint/run_state.ts";
import {
  type CheckpointOptions,
  checkpointOptions,
} from "../training/checkpoint/writer.ts";
import {
  type FormerCallbacks,
  type KeepOptions,
  withoutFormerCallbacks,
} from "../training/run/former_options.ts";
import {
  checkOptions,
  type KnownOption,
  path,
  record,
  signal,
} from "../training/settings/check_options.ts";
import {
  type SettingChanges,
  type Settings,
  settingsSchema,
} from "../training/settings/schema.ts";
import {
  presetDomain,
  type PresetName,
} from "../training/settings/settings.ts";
import { type TrainCallbacks, trainCallbacks } from "./train_callbacks.ts";

/**
 * The options that `train` had before settings and callbacks were apart.
 *
 * @deprecated Use `settings`, `checkpoints` and `on`.
 */
export type FormerTrainOptions =
  & SettingChanges
  & KeepOptions
  & FormerCallbacks<TrainCallbacks>;

/** How `train` trains, where it writes checkpoints, and who is told. */
export interface TrainOptions extends FormerTrainOptions {
  /** The settings to begin with (default "quick"). */
  preset?: PresetName | undefined;
  /** Changes to those. */
  settings?: SettingChanges | undefined;
  /** The digits (default MNIST, by `loadMnist`). */
  data?: Mnist | undefined;
  /** A file of weights to begin with, of a like network (default fresh ones). */
  weights?: string | undefined;
  /** The folder for checkpoints, or more about them; without it, none are written. */
  checkpoints?: string | CheckpointOptions | undefined;
  /**
   * Continues a run: the one in the folder for checkpoints, or in another, or
   * from one file. Its settings are taken over; what is given besides must
   * agree with them, except the budget, the backend and the threads.
   */
  resume?: boolean | string | undefined;
  /** Who is told. */
  on?: TrainCallbacks | undefined;
  /**
   * Ends training after the running step once it is aborted: with a checkpoint,
   * if there is a folder for them, and without an evaluation.
   */
  signal?: AbortSignal | undefined;
  /** Whether a collapsed embedding ends the run; it is a warning by default. */
  stopOnCollapse?: boolean | undefined;
}

/** The options of `train` in their present form; the settings are not checked yet. */
export type TrainPlan =
  & Omit<TrainOptions, keyof FormerTrainOptions | "checkpoints">
  & {
    settings: SettingChanges;
    checkpoints: CheckpointOptions | undefined;
    on: TrainCallbacks;
  };

const digits: KindDomain = {
  type: "kind",
  expected: "digits as loadMnist gives them",
  has: (value) =>
    record.has(value) && "train" in Object(value) && "test" in Object(value),
};
const folderOrOptions: KindDomain = {
  type: "kind",
  expected: "an object with a folder, or a path",
  has: (value) => path.has(value) || record.has(value),
};
const switchOrPath: KindDomain = {
  type: "kind",
  expected: "true, false or a path",
  has: (value) => typeof value === "boolean" || path.has(value),
};

const knownOptions = {
  preset: { domain: presetDomain, optional: true },
  settings: { domain: record, optional: true },
  data: { domain: digits, optional: true },
  weights: { domain: path, optional: true },
  checkpoints: { domain: folderOrOptions, optional: true },
  resume: { domain: switchOrPath, optional: true },
  on: { domain: record, optional: true },
  signal: { domain: signal, optional: true },
  stopOnCollapse: { domain: { type: "boolean" }, optional: true },
} as const satisfies Record<
  Exclude<keyof TrainOptions, keyof FormerTrainOptions>,
  KnownOption
>;

/**
 * Checks the options of `train`, all but the settings, and brings them into their
 * present form where they are in the former one.
 *
 * @throws {RangeError} If one is unknown, or has a value that it may not have.
 */
export function planOf(options: TrainOptions): TrainPlan {
  const { callbacks, others } = withoutFormerCallbacks("train", options);
  const { checkpointSteps, checkpointSeconds, ...rest } = others;
  const [former, present] = [{}, {}] as Record<string, unknown>[];
  for (const [name, value] of Object.entries(rest)) {
    (Object.hasOwn(settingsSchema, name) ? former : present)![name] = value;
  }
  checkOptions("train", "option", present, knownOptions);
  const { checkpoints, ...plan } = present as TrainOptions;
  const on = { ...callbacks, ...plan.on };
  checkOptions("train", "callback", on, trainCallbacks);
  const every = {
    everySteps: checkpointSteps,
    everySeconds: checkpointSeconds,
  };
  return {
    ...plan,
    on,
    settings: { ...former, ...plan.settings },
    checkpoints: checkpoints === undefined
      ? undefined
      : checkpointsOf(checkpoints, every),
  };
}

function checkpointsOf(
  given: string | CheckpointOptions,
  every: object,
): CheckpointOptions {
  const options = typeof given === "string" ? { folder: given } : given;
  const checkpoints = { ...every, ...options };
  checkOptions("train", "option", checkpoints, checkpointOptions);
  return checkpoints;
}

/** What a run gives. */
export interface TrainResult {
  /** The trained network; the caller disposes it. */
  model: tf.LayersModel;
  settings: Settings;
  backend: BackendDescription;
  /** Of the whole run, also of the steps before it was continued. */
  steps: readonly StepReport[];
  validations: Validation[];
  /** On all test images, with the two baselines. */
  reports: BaselineReports;
}

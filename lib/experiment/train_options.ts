import type * as tf from "@tensorflow/tfjs";
import type { BackendDescription } from "../backends/use_backend.ts";
import type { Mnist } from "../digits/mnist.ts";
import type { BaselineReports } from "../evaluation/classification/baselines.ts";
import {
  type KeepOptions,
  keepOptions,
} from "../training/checkpoint/keeper.ts";
import type { StepReport } from "../training/checkpoint/run_state.ts";
import {
  callback,
  checkOptions,
  type Kind,
  type KnownOption,
  type OptionTable,
  path,
  signal,
} from "../training/settings/options.ts";
import { type Settings, settingsSchema } from "../training/settings/schema.ts";
import { type PresetName, presets } from "../training/settings/settings.ts";
import type { Validation } from "../training/checkpoint/validation.ts";

/** How `train` trains: a preset, changes to it, what is kept, and who is told. */
export interface TrainOptions extends Partial<Settings>, KeepOptions {
  /** The settings that the other options change (default "quick"). */
  preset?: PresetName | undefined;
  /** The digits (default MNIST, by `loadMnist`). */
  data?: Mnist | undefined;
  /** A file of weights to begin with, of a like network (default fresh ones). */
  weights?: string | undefined;
  /** The folder for checkpoints; without it, none are written. */
  checkpoints?: string | undefined;
  /**
   * Continues a run: the one in the folder for checkpoints, or in another, or
   * from one file. Its settings are taken over; what is given besides must
   * agree with them, but for the budget.
   */
  resume?: boolean | string | undefined;
  /** Told where a run goes on, with the steps made before; a promise is awaited. */
  onResume?:
    | ((steps: readonly StepReport[], path: string) => unknown)
    | undefined;
  /** Called and awaited after each step. */
  onStep?: ((step: StepReport) => void | Promise<void>) | undefined;
  /** Called and awaited after each measurement on validation images. */
  onValidation?:
    | ((validation: Validation) => void | Promise<void>)
    | undefined;
  /** Called and awaited after training, before the evaluation. */
  onTrained?:
    | ((model: tf.LayersModel, settings: Settings) => void | Promise<void>)
    | undefined;
  /** Told how many images of the final evaluation are done; awaited. */
  onEvaluation?:
    | ((done: number, total: number) => void | Promise<void>)
    | undefined;
  /**
   * Ends training after the running step once it is aborted: with a checkpoint,
   * if there is a folder for them, and without an evaluation.
   */
  signal?: AbortSignal | undefined;
  /** Whether a collapsed embedding ends the run; it is a warning by default. */
  stopOnCollapse?: boolean | undefined;
}

/** What `train` is told besides settings and what is kept. */
export type Plan = Omit<TrainOptions, keyof Settings | keyof KeepOptions>;

const digits: Kind = {
  type: "kind",
  expected: "digits as loadMnist gives them",
  has: (value) =>
    typeof value === "object" && value !== null && "train" in value &&
    "test" in value,
};
const switchOrPath: Kind = {
  type: "kind",
  expected: "true, false or a path",
  has: (value) => typeof value === "boolean" || path.has(value),
};
const names = Object.keys(presets) as PresetName[];

/** What is known of each of them. */
const planOptions = {
  preset: { domain: { type: "choice", of: names }, optional: true },
  data: { domain: digits, optional: true },
  weights: { domain: path, optional: true },
  checkpoints: { domain: path, optional: true },
  resume: { domain: switchOrPath, optional: true },
  onResume: { domain: callback, optional: true },
  onStep: { domain: callback, optional: true },
  onValidation: { domain: callback, optional: true },
  onTrained: { domain: callback, optional: true },
  onEvaluation: { domain: callback, optional: true },
  signal: { domain: signal, optional: true },
  stopOnCollapse: { domain: { type: "boolean" }, optional: true },
} as const satisfies Record<keyof Plan, KnownOption>;

/** Options of `train` by what they are for. */
export interface DividedOptions {
  changes: Partial<Settings>;
  keeping: KeepOptions;
  plan: Plan;
}

/**
 * Checks the options of `train` and tells changes to settings from what else there
 * is.
 *
 * @throws {RangeError} If one is unknown, or has a value that it may not have.
 */
export function divideOptions(options: TrainOptions): DividedOptions {
  checkOptions("train", "option", options, {
    ...allOptional(settingsSchema),
    ...keepOptions,
    ...planOptions,
  });
  const only = (table: object) =>
    Object.fromEntries(
      Object.entries(options).filter(([name]) => Object.hasOwn(table, name)),
    );
  return {
    changes: only(settingsSchema),
    keeping: only(keepOptions),
    plan: only(planOptions),
  };
}

function allOptional(table: OptionTable): OptionTable {
  const entries = Object.entries(table);
  return Object.fromEntries(
    entries.map(([name, { domain }]) => [name, { domain, optional: true }]),
  );
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

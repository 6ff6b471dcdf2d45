import type * as tf from "@tensorflow/tfjs";
import type { BackendDescription } from "../backends/describe_backend.ts";
import type {
  StepReport,
  Validation,
} from "../training/checkpoint/run_state.ts";
import {
  type Callback,
  type CheckpointCallbacks,
  checkpointCallbacks,
} from "../training/checkpoint/writer.ts";
import {
  callback,
  type KnownOption,
} from "../training/settings/check_options.ts";
import type { Settings } from "../training/settings/schema.ts";

/** Who is told of a run that `train` makes. */
export interface TrainCallbacks extends CheckpointCallbacks {
  /** Told what computes, before the first step. */
  backend?: Callback<[backend: BackendDescription]>;
  /** Told of each step. */
  step?: Callback<[step: StepReport]>;
  /** Told of each measurement on validation images. */
  validation?: Callback<[validation: Validation]>;
  /** Told after training, before the evaluation. */
  trained?: Callback<[model: tf.LayersModel, settings: Settings]>;
  /** Told how many images of the final evaluation are done. */
  evaluation?:
    | ((done: number, total: number) => void | Promise<void>)
    | undefined;
}

/** What is known of the callbacks. */
export const trainCallbacks = {
  ...checkpointCallbacks,
  backend: { domain: callback, optional: true },
  step: { domain: callback, optional: true },
  validation: { domain: callback, optional: true },
  trained: { domain: callback, optional: true },
  evaluation: { domain: callback, optional: true },
} as const satisfies Record<keyof TrainCallbacks, KnownOption>;

import type * as tf from "@tensorflow/tfjs";
import type { BackendDescription } from "../backends/use_backend.ts";
import type { Mnist } from "../digits/mnist.ts";
import type { BaselineReports } from "../evaluation/baselines.ts";
import type { KeepOptions } from "./keeper.ts";
import type { StepReport } from "./run_state.ts";
import type { PresetName, Settings } from "./settings.ts";
import type { Validation } from "./validation.ts";

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
  /** Told where a run goes on, with the steps made before. */
  onResume?: ((steps: readonly StepReport[], path: string) => void) | undefined;
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
  /** Told how many images of the final evaluation are done. */
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

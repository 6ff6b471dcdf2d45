/**
 * A whole experiment: `train` loads MNIST, trains NN2 by a preset or by settings
 * of its own, validates on the way and measures the result on the test images;
 * `evaluateNetwork` measures a network by everything there is. The commands are
 * thin around both, and a notebook can call them as well.
 *
 * @module
 */
export { train } from "./train.ts";
export type { TrainCallbacks } from "./train_callbacks.ts";
export type { TrainOptions, TrainResult } from "./train_options.ts";
export {
  compareRates,
  type RatedWork,
  type RateOptions,
} from "./bench/compare_rates.ts";
export type { Engine, EngineKernels } from "./bench/engines.ts";
export {
  type EngineSpeed,
  measureSpeed,
  type SpeedOptions,
} from "./bench/measure_speed.ts";
export {
  evaluateNetwork,
  type Evaluation,
  type EvaluationOptions,
} from "./evaluate_network.ts";
export {
  type Experiment,
  type ExperimentName,
  experimentNames,
  experiments,
  experimentSettings,
} from "./series/experiments.ts";
export type { PaperPoint, PaperReference } from "./series/paper_references.ts";
export type {
  ExperimentPoint,
  ExperimentResult,
  ExperimentRun,
  ExperimentSettings,
  PointChoice,
} from "./series/result.ts";
export { type PointOptions, runPoint } from "./series/run_point.ts";
export { loadExperiment } from "./series/store.ts";

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
  evaluateNetwork,
  type Evaluation,
  type EvaluationOptions,
} from "./evaluate_network.ts";

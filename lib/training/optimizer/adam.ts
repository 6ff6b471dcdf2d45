import { optionsOf } from "../../numeric/options.ts";
import type * as tf from "@tensorflow/tfjs";
import { hasKernel } from "../../backends/engine/kernels.ts";
import { checkValue } from "../../numeric/domain.ts";
import { refuse } from "../../numeric/refuse.ts";
import { checkOptions } from "../settings/check_options.ts";
import { settingsSchema } from "../settings/schema.ts";
import {
  type AdamState,
  checkAdamState,
  type StartOfMeans,
} from "./adam_state.ts";
import { createFlatMeans } from "./flat_means.ts";
import { createSlotMeans } from "./slot_means.ts";

const { beta1, beta2, epsilon } = settingsSchema;
const rows = { beta1, beta2, epsilon };

/** Adam's settings besides the learning rate. */
export interface AdamOptions {
  /** Decay of the mean of gradients, in [0, 1) (default 0.9). */
  beta1?: number | undefined;
  /** Decay of the mean of squared gradients, in [0, 1) (default 0.999). */
  beta2?: number | undefined;
  /** Added to the root, against division by 0: 1e-38 or more (default 1e-8). */
  epsilon?: number | undefined;
}

/** An optimizer that holds its state for a fixed set of variables. */
export interface Adam {
  /** The variables' names. */
  readonly names: readonly string[];
  /**
   * Changes the variables by one step against their gradients, which stay the
   * caller's.
   *
   * @throws {RangeError} If a variable has no gradient of its shape, or the
   * learning rate is not a number of 0 or more; nothing has changed then.
   */
  update(gradients: tf.NamedTensorMap, learningRate: number): void;
  /** A copy of what it holds at the call, as {@linkcode restoreAdam} takes it. */
  state(): Promise<AdamState>;
  /** Frees the state. */
  dispose(): void;
}

/**
 * Makes Adam for variables by name: θ ← θ − α m̂ / (√v̂ + ε), where m̂ and v̂ are
 * the bias-corrected running means of the gradient and of its square.
 *
 * @throws {RangeError} If an option is out of range or unknown.
 *
 * Source: Kingma and Ba, arXiv 1412.6980, algorithm 1.
 *
 * @example The first step has the size of the learning rate
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const x = tf.variable(tf.tensor1d([3]));
 * const adam = createAdam({ x });
 * adam.update({ x: tf.tensor1d([100]) }, 0.1);
 * assert.ok(Math.abs(x.dataSync()[0]! - 2.9) < 1e-6);
 * ```
 */
export function createAdam(
  variables: Readonly<Record<string, tf.Variable>>,
  options: AdamOptions = {},
): Adam {
  checkAdamOptions(options);
  return optimizerOf(variables, 0, options, (_, size) => ({
    gradient: new Float32Array(size),
    square: new Float32Array(size),
  }));
}

/**
 * Makes Adam for variables as it was when `state()` was asked: from the same
 * weights, with the same gradients, its steps are the same to the last bit.
 *
 * @throws {RangeError} If an option is out of range or unknown, or the state is that
 * of other variables.
 *
 * @example The copy goes on as the original does
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const gradients = { x: tf.tensor1d([0.5]) };
 * const variables = () => ({ x: tf.variable(tf.tensor1d([3])) });
 * const adam = createAdam(variables());
 * adam.update(gradients, 0.1);
 * const copy = restoreAdam(variables(), await adam.state());
 * adam.update(gradients, 0.1);
 * copy.update(gradients, 0.1);
 * assert.deepEqual(await copy.state(), await adam.state());
 * ```
 */
export function restoreAdam(
  variables: Readonly<Record<string, tf.Variable>>,
  state: AdamState,
  options: AdamOptions = {},
): Adam {
  checkAdamOptions(options);
  checkAdamState(variables, optionsOf("restore Adam", state));
  const { steps, means } = state;
  return optimizerOf(variables, steps, options, (name) => means[name]!);
}

function optimizerOf(
  variables: Readonly<Record<string, tf.Variable>>,
  steps: number,
  {
    beta1 = rows.beta1.default,
    beta2 = rows.beta2.default,
    epsilon = rows.epsilon.default,
  }: AdamOptions,
  startOf: StartOfMeans,
): Adam {
  const hold = hasKernel("AdamUpdateAll") ? createFlatMeans : createSlotMeans;
  const held = hold(variables, startOf);
  const names = Object.keys(variables);
  return {
    names,
    update(gradients, learningRate) {
      const rate = { type: "number", min: 0 } as const;
      checkValue("update the weights", "learningRate", learningRate, rate);
      const all = names.map((name) =>
        gradientOf(name, variables[name]!, gradients)
      );
      steps++;
      const constants = {
        beta1,
        rest1: 1 - beta1,
        beta2,
        rest2: 1 - beta2,
        step: learningRate / (1 - beta1 ** steps),
        correction: 1 / Math.sqrt(1 - beta2 ** steps),
        epsilon,
      };
      held.update(all, constants);
    },
    async state() {
      const at = steps;
      const means = await held.read();
      const named = names.map((name, i) => [name, means[i]!] as const);
      return { steps: at, means: Object.fromEntries(named) };
    },
    dispose: held.dispose,
  };
}

function gradientOf(
  name: string,
  weights: tf.Variable,
  gradients: tf.NamedTensorMap,
): tf.Tensor {
  const gradient = gradients[name];
  if (gradient?.shape.join() !== weights.shape.join()) {
    refuse(
      "update the weights",
      `a gradient for ${name} [${weights.shape}]`,
      gradient ? `[${gradient.shape}]` : "none",
    );
  }
  return gradient!;
}

/** @throws {RangeError} If an option is out of range or unknown. */
function checkAdamOptions(options: AdamOptions): void {
  checkOptions("create Adam", "option", options, rows);
}

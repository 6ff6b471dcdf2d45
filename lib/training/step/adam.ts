import { optionsOf } from "../../numeric/options.ts";
import * as tf from "@tensorflow/tfjs";
import { checkValue } from "../../numeric/domain.ts";
import { refuse } from "../../numeric/refuse.ts";
import { type Slot, updateSlot } from "./adam_update.ts";
import { checkOptions } from "../settings/options.ts";

/** Adam's settings besides the learning rate. */
export interface AdamOptions {
  /** Decay of the mean of gradients, in [0, 1) (default 0.9). */
  beta1?: number;
  /** Decay of the mean of squared gradients, in [0, 1) (default 0.999). */
  beta2?: number;
  /** Added to the root, against division by 0: 1e-38 or more (default 1e-8). */
  epsilon?: number;
}

/** What Adam holds between two steps. */
export interface AdamState {
  /** Steps made so far. */
  steps: number;
  /** The running means of each variable's gradient and of its square. */
  means: Record<string, { gradient: Float32Array; square: Float32Array }>;
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
  /** A copy of what it holds, as {@linkcode restoreAdam} takes it. */
  state(): AdamState;
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
  const slots = createSlots(variables, ({ shape }) => {
    const zeros = () => tf.tidy(() => tf.variable(tf.zeros(shape), false));
    return [zeros, zeros];
  });
  return optimizerOf(slots, 0, options);
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
 * const copy = restoreAdam(variables(), adam.state());
 * adam.update(gradients, 0.1);
 * copy.update(gradients, 0.1);
 * assert.deepEqual(copy.state(), adam.state());
 * ```
 */
export function restoreAdam(
  variables: Readonly<Record<string, tf.Variable>>,
  state: AdamState,
  options: AdamOptions = {},
): Adam {
  checkAdamOptions(options);
  checkAdamState(variables, optionsOf("restore Adam", state));
  const slots = createSlots(variables, ({ shape }, name) => {
    const { gradient, square } = state.means[name]!;
    return [
      () => variableOf(gradient, shape),
      () => variableOf(square, shape),
    ];
  });
  return optimizerOf(slots, state.steps, options);
}

type NamedSlot = Slot & { name: string };

/** Makes what is held for each variable: all of it or, where that fails, nothing. */
function createSlots(
  variables: Readonly<Record<string, tf.Variable>>,
  means: (
    weights: tf.Variable,
    name: string,
  ) => [mean: () => tf.Variable, square: () => tf.Variable],
): NamedSlot[] {
  const made: tf.Variable[] = [];
  const make = (mean: () => tf.Variable) => {
    made.push(mean());
    return made.at(-1)!;
  };
  try {
    return Object.entries(variables).map(([name, weights]) => {
      const [mean, square] = means(weights, name);
      return { name, weights, mean: make(mean), square: make(square) };
    });
  } catch (error) {
    tf.dispose(made);
    throw error;
  }
}

function optimizerOf(
  slots: NamedSlot[],
  steps: number,
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions,
): Adam {
  return {
    names: slots.map(({ name }) => name),
    update(gradients, learningRate) {
      const rate = { type: "number", min: 0 } as const;
      checkValue("update the weights", "learningRate", learningRate, rate);
      const pairs = slots.map(({ name, ...slot }) => ({
        slot,
        gradient: gradientOf(name, slot.weights, gradients),
      }));
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
      for (const { slot, gradient } of pairs) {
        updateSlot(slot, gradient, constants);
      }
    },
    state: () => ({
      steps,
      means: Object.fromEntries(slots.map(({ name, mean, square }) => [name, {
        gradient: mean.dataSync<"float32">().slice(),
        square: square.dataSync<"float32">().slice(),
      }])),
    }),
    dispose: () =>
      slots.forEach(({ mean, square }) => tf.dispose([mean, square])),
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

function variableOf(values: Float32Array, shape: number[]): tf.Variable {
  // A copy: on some backends a tensor keeps the array that it was made of.
  const start = tf.tensor(values.slice(), shape);
  const variable = tf.variable(start, false);
  start.dispose();
  return variable;
}

/** @throws {RangeError} If an option is out of range or unknown. */
function checkAdamOptions(options: AdamOptions): void {
  const decay = { type: "number", min: 0, below: 1 } as const;
  checkOptions("create Adam", "option", options, {
    beta1: { domain: decay, optional: true },
    beta2: { domain: decay, optional: true },
    // Smaller ones are 0 as float32, and then 0 / 0 is in the way.
    epsilon: { domain: { type: "number", min: 1e-38 }, optional: true },
  });
}

/**
 * Makes sure that an optimizer's state is that of these variables.
 *
 * @throws {RangeError} If it is not.
 */
export function checkAdamState(
  variables: Readonly<Record<string, tf.Variable>>,
  { steps, means }: AdamState,
): void {
  checkValue("restore Adam", "steps", steps, { type: "integer", min: 0 });
  const fail = (expected: string, got: string) =>
    refuse("restore Adam for other variables", expected, got);
  for (const [name, { size }] of Object.entries(variables)) {
    const { gradient, square } = means[name] ?? {};
    if (gradient?.length !== size || square?.length !== size) {
      fail(
        `2 means of ${size} values for ${name}`,
        gradient ? `${gradient.length} and ${square!.length}` : "none",
      );
    }
  }
  const odd = Object.keys(means).find((name) => !(name in variables));
  if (odd !== undefined) fail(`none for ${odd}`, "some");
}

import * as tf from "@tensorflow/tfjs";
import { type Slot, updateSlot } from "./adam_update.ts";

/** Adam's settings besides the learning rate. */
export interface AdamOptions {
  /** Decay of the mean of gradients, in [0, 1) (default 0.9). */
  beta1?: number;
  /** Decay of the mean of squared gradients, in [0, 1) (default 0.999). */
  beta2?: number;
  /** Added to the root, against division by 0 (default 1e-8). */
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
  /**
   * Changes the variables by one step against their gradients, which stay the
   * caller's.
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
 * @throws {RangeError} From `update`, if a variable has no gradient of its shape;
 * nothing has changed then.
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
  const slots = Object.entries(variables).map(([name, weights]) => ({
    name,
    weights,
    mean: zerosLike(weights),
    square: zerosLike(weights),
  }));
  return optimizerOf(slots, 0, options);
}

/**
 * Makes Adam for variables as it was when `state()` was asked: from the same
 * weights, with the same gradients, its steps are the same to the last bit.
 *
 * @throws {RangeError} If the state is that of other variables.
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
  { steps, means }: AdamState,
  options: AdamOptions = {},
): Adam {
  checkMeans(variables, means);
  const slots = Object.entries(variables).map(([name, weights]) => {
    const { gradient, square } = means[name]!;
    return {
      name,
      weights,
      mean: variableOf(gradient, weights.shape),
      square: variableOf(square, weights.shape),
    };
  });
  return optimizerOf(slots, steps, options);
}

function optimizerOf(
  slots: (Slot & { name: string })[],
  steps: number,
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions,
): Adam {
  return {
    update(gradients, learningRate) {
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
    throw new RangeError(
      `Cannot update the weights: expected a gradient for ${name} [${weights.shape}], got ${
        gradient ? `[${gradient.shape}]` : "none"
      }`,
    );
  }
  return gradient!;
}

function zerosLike(weights: tf.Variable): tf.Variable {
  return tf.tidy(() => tf.variable(tf.zeros(weights.shape), false));
}

function variableOf(values: Float32Array, shape: number[]): tf.Variable {
  // A copy: on some backends a tensor keeps the array that it was made of.
  const start = tf.tensor(values.slice(), shape);
  const variable = tf.variable(start, false);
  start.dispose();
  return variable;
}

function checkMeans(
  variables: Readonly<Record<string, tf.Variable>>,
  means: AdamState["means"],
): void {
  const fail = (expected: string, got: string) => {
    throw new RangeError(
      `Cannot restore Adam for other variables: expected ${expected}, got ${got}`,
    );
  };
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

import * as tf from "@tensorflow/tfjs";
import { hasKernel, runKernel } from "../backends/kernels.ts";

/** Adam's settings besides the learning rate. */
export interface AdamOptions {
  /** Decay of the mean of gradients, in [0, 1) (default 0.9). */
  beta1?: number;
  /** Decay of the mean of squared gradients, in [0, 1) (default 0.999). */
  beta2?: number;
  /** Added to the root, against division by 0 (default 1e-8). */
  epsilon?: number;
}

/** An optimizer that holds its state for a fixed set of variables. */
export interface Adam {
  /**
   * Changes the variables by one step against their gradients, which stay the
   * caller's.
   */
  update(gradients: tf.NamedTensorMap, learningRate: number): void;
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
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions = {},
): Adam {
  const slots = Object.entries(variables).map(([name, weights]) => ({
    name,
    weights,
    mean: zerosLike(weights),
    square: zerosLike(weights),
  }));
  let steps = 0;
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
      const update = hasKernel("AdamUpdate")
        ? updateByKernel
        : updateByOperations;
      for (const { slot, gradient } of pairs) update(slot, gradient, constants);
    },
    dispose: () =>
      slots.forEach(({ mean, square }) => tf.dispose([mean, square])),
  };
}

interface Slot {
  weights: tf.Variable;
  mean: tf.Variable;
  square: tf.Variable;
}

interface Constants {
  beta1: number;
  rest1: number;
  beta2: number;
  rest2: number;
  step: number;
  correction: number;
  epsilon: number;
}

function updateByKernel(
  slot: Slot,
  gradient: tf.Tensor,
  constants: Constants,
): void {
  const [next] = runKernel("AdamUpdate", { ...slot, gradient }, {
    ...constants,
  }) as [tf.Tensor];
  slot.weights.assign(next);
  next.dispose();
}

/** The reference, from operations that every backend has. */
function updateByOperations(
  { weights, mean, square }: Slot,
  gradient: tf.Tensor,
  { beta1, rest1, beta2, rest2, step, correction, epsilon }: Constants,
): void {
  tf.tidy(() => {
    mean.assign(tf.add(tf.mul(mean, beta1), tf.mul(gradient, rest1)));
    square.assign(
      tf.add(tf.mul(square, beta2), tf.mul(tf.square(gradient), rest2)),
    );
    const root = tf.add(tf.mul(tf.sqrt(square), correction), epsilon);
    weights.assign(tf.sub(weights, tf.div(tf.mul(mean, step), root)));
  });
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

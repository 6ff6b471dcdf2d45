import * as tf from "@tensorflow/tfjs";
import { hasKernel, runKernel } from "../../backends/engine/kernels.ts";

/** A variable and the running means of its gradient and of the square. */
export interface Slot {
  weights: tf.Variable;
  mean: tf.Variable;
  square: tf.Variable;
}

/** The numbers of one step of Adam. */
export interface Constants {
  beta1: number;
  rest1: number;
  beta2: number;
  rest2: number;
  step: number;
  correction: number;
  epsilon: number;
}

/** One step of Adam for one variable: in one pass where there is a kernel for it. */
export function updateSlot(
  slot: Slot,
  gradient: tf.Tensor,
  constants: Constants,
): void {
  if (hasKernel("AdamUpdate")) updateByKernel(slot, gradient, constants);
  else updateByOperations(slot, gradient, constants);
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
  { weights, ...means }: Slot,
  gradient: tf.Tensor,
  constants: Constants,
): void {
  tf.tidy(() => {
    const change = nextMeans(means, gradient, constants);
    weights.assign(tf.sub(weights, change));
  });
}

/**
 * Moves the means by one step.
 *
 * @returns What the weights lose; the caller disposes it.
 */
export function nextMeans(
  { mean, square }: Pick<Slot, "mean" | "square">,
  gradient: tf.Tensor,
  { beta1, rest1, beta2, rest2, step, correction, epsilon }: Constants,
): tf.Tensor {
  return tf.tidy(() => {
    mean.assign(tf.add(tf.mul(mean, beta1), tf.mul(gradient, rest1)));
    square.assign(
      tf.add(tf.mul(square, beta2), tf.mul(tf.square(gradient), rest2)),
    );
    const root = tf.add(tf.mul(tf.sqrt(square), correction), epsilon);
    return tf.div(tf.mul(mean, step), root);
  });
}

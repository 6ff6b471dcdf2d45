import * as tf from "@tensorflow/tfjs";

/** Operations that tfjs has recorded, to go back through them once. */
export interface Recording<T extends tf.Tensor> {
  /** What they gave; the caller disposes it. */
  output: T;
  /**
   * Goes back from the gradient in the output, which stays the caller's.
   *
   * @returns The gradient in each of the sources, or nothing where the output
   * does not depend on one; the caller disposes them.
   */
  backward(
    sources: tf.Tensor[],
    gradient: tf.Tensor,
  ): (tf.Tensor | null)[];
  /** Frees what was kept for the way back, if there was none. */
  dispose(): void;
}

/**
 * Records operations. tfjs's own gradients take a function from the sources to
 * the loss and call it; between the two parts of a recording anything may happen,
 * so the loss need not be made of operations. Neither part belongs inside one of
 * tfjs's gradients.
 *
 * @param forward Its intermediate tensors are disposed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const x = tf.tensor1d([3, 4]);
 * const { output, backward } = record(() => tf.square(x));
 * assert.deepEqual([...output.dataSync()], [9, 16]);
 * const [gradient] = backward([x], tf.tensor1d([1, 10]));
 * assert.deepEqual([...gradient!.dataSync()], [6, 80]);
 * ```
 */
export function record<T extends tf.Tensor>(forward: () => T): Recording<T> {
  const engine = tf.engine();
  const { state } = engine;
  const tape: typeof state.activeTape = [];
  const dispose = () => {
    for (const { saved } of tape.splice(0)) tf.dispose(saved ?? []);
  };
  const backward = (sources: tf.Tensor[], gradient: tf.Tensor) => {
    // tfjs begins a tape of its own before it calls the function; with ours in
    // its place it goes back through that, and frees it.
    const resume = () => {
      state.activeTape = tape;
      return output;
    };
    return engine.gradients(resume, sources, gradient, true).grads;
  };
  let output: T;
  state.activeTape = tape;
  state.gradientDepth++;
  try {
    output = tf.tidy(forward);
  } catch (error) {
    dispose();
    throw error;
  } finally {
    state.gradientDepth--;
    state.activeTape = [];
  }
  return { output, backward, dispose };
}

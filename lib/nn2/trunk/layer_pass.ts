import type * as tf from "@tensorflow/tfjs";
import type { KernelCall } from "../../backends/divided_batch.ts";
import type { Memory, Value } from "./memory.ts";

/**
 * Work that may need something of the whole batch half way, which other threads
 * have a part of.
 */
export interface Halfway<T> {
  /** What this thread's part gives, if anything. */
  given?: Float64Array;
  /** Ends it, with what each part gave. */
  finish(parts: readonly Float64Array[]): T;
}

/** What layers make of their inputs in training. */
export interface Forwarded {
  outputs: readonly Value[];
  /** What the backward pass needs of the inputs and the outputs. */
  keeps: readonly Value[];
  /**
   * Goes back from the gradients of the outputs, which may be overwritten and are
   * freed.
   *
   * @param sumOf The gradient that an input has by now from other layers, to
   * which this one's is to be added.
   */
  backward(
    dys: readonly Value[],
    sumOf: (input: number) => Value | undefined,
  ): Halfway<Gradients>;
}

/** What layers give backward. */
export interface Gradients {
  /** Of the inputs, with those of `sumOf`; nothing where there is none. */
  inputs: readonly (Value | undefined)[];
  /** Of the weights, where there are any. */
  weights?: WeightGradients;
}

/** The gradients of weights. Nothing else waits for them: they can be made later. */
export interface WeightGradients {
  /** What makes those of the filters. */
  call: KernelCall;
  /** Those of all weights, from the call's outputs. Frees what only they needed. */
  finish(filters: readonly tf.Tensor[]): (readonly [tf.Variable, tf.Tensor])[];
}

/** How a layer, or several of the same input, are passed through in training. */
export type LayerPass = (
  inputs: readonly Value[],
  memory: Memory,
) => Halfway<Forwarded>;

/** Work that needs nothing of other threads. */
export function atOnce<T>(work: () => T): Halfway<T> {
  return { finish: work };
}

/** The sum of a gradient and the one that there may be; both are freed. */
export function accumulate(
  memory: Memory,
  sum: Value | undefined,
  gradient: Value,
): Value {
  if (!sum) return gradient;
  const [both] = memory.call("Add", { a: sum, b: gradient });
  memory.free(sum);
  memory.free(gradient);
  return both!;
}

import type * as tf from "@tensorflow/tfjs";
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

/** What a layer makes of its inputs in training. */
export interface Forwarded {
  output: Value;
  /** What the backward pass needs of the inputs and the output. */
  keeps: readonly Value[];
  /**
   * Goes back from the gradient of the output, which may be overwritten and is
   * freed.
   *
   * @param sumOf The gradient that an input has by now from other layers, to
   * which this layer's is to be added.
   */
  backward(
    dy: Value,
    sumOf: (input: number) => Value | undefined,
  ): Halfway<Gradients>;
}

/** What a layer gives backward. */
export interface Gradients {
  /** Of the inputs, with those of `sumOf`; nothing where the layer has none. */
  inputs: readonly (Value | undefined)[];
  /** Of the weights. */
  weights: readonly (readonly [tf.Variable, Value])[];
}

/** How a layer is passed through in training. */
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

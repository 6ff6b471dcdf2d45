import type * as tf from "@tensorflow/tfjs";
import type { Memory, Value } from "./memory.ts";

/** What layers make of their inputs in training. */
export interface Forwarded {
  outputs: readonly Value[];
  /** Which of its values the backward pass asks for. */
  needs: readonly ("inputs" | "outputs")[];
  /**
   * Makes an output once more, to the same bits, where that is cheap: then it need
   * not stay in memory between the passes.
   *
   * @param inputOf The inputs, of which all must stay what they are.
   */
  again?: (output: number, inputOf: (input: number) => Value) => Value;
  /**
   * Goes back from the gradients of the outputs, which may be overwritten and are
   * freed.
   */
  backward(dys: readonly Value[], values: PassedValues): Gradients;
}

/** What a backward pass finds of its layer. */
export interface PassedValues {
  inputOf(input: number): Value;
  outputOf(output: number): Value;
  /**
   * The gradient that an input has by now from other layers, to which this one's is
   * to be added.
   */
  sumOf(input: number): Value | undefined;
}

/** What layers give backward. */
export interface Gradients {
  /** Of the inputs, with those of `sumOf`; nothing where there is none. */
  inputs: readonly (Value | undefined)[];
  /** Of the weights, where there are any. */
  weights?: readonly (readonly [tf.Variable, tf.Tensor])[];
}

/** How a layer, or several of the same input, are passed through in training. */
export type LayerPass = (
  inputs: readonly Value[],
  memory: Memory,
) => Forwarded;

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

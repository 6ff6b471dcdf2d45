import type * as tf from "@tensorflow/tfjs";
import type { Workspace } from "./workspace.ts";

/** What nodes make of their inputs in training. */
export interface Forwarded {
  outputs: readonly tf.TensorInfo[];
  /** Which of its activations the backward pass asks for. */
  needs: readonly ("inputs" | "outputs")[];
  /**
   * Makes an output once more, to the same bits, where that is cheap: then it need
   * not stay in memory between the passes.
   *
   * @param inputOf The inputs. Whoever made them must make them again too, or need
   * them backward itself, as they are not kept for this.
   */
  recompute?: (
    output: number,
    inputOf: (input: number) => tf.TensorInfo,
  ) => tf.TensorInfo;
  /**
   * Goes back from the gradients of the outputs, which may be overwritten and are
   * freed: all nodes that take an output come later, so they have added their parts
   * to its gradient by now, and this pass is the only one to read it.
   */
  backward(dys: readonly tf.TensorInfo[], passed: Passed): Gradients;
}

/** What a backward pass finds of its nodes. */
export interface Passed {
  inputOf(input: number): tf.TensorInfo;
  outputOf(output: number): tf.TensorInfo;
  /**
   * The gradient that an input has by now from other nodes, to which this one's is
   * to be added; in place, if need be, since nobody has read it yet.
   */
  sumOf(input: number): tf.TensorInfo | undefined;
}

/** What nodes give backward. */
export interface Gradients {
  /** Of the inputs, with those of `sumOf`; nothing where there is none. */
  inputs: readonly (tf.TensorInfo | undefined)[];
  /** Of the weights, where there are any. */
  weights?: readonly (readonly [tf.Variable, tf.Tensor])[];
}

/** How a node, or several of the same input, are passed through in training. */
export type Pass = (
  inputs: readonly tf.TensorInfo[],
  workspace: Workspace,
) => Forwarded;

/** The sum of a gradient and the one that there may be; both are freed. */
export function accumulate(
  workspace: Workspace,
  sum: tf.TensorInfo | undefined,
  gradient: tf.TensorInfo,
): tf.TensorInfo {
  if (!sum) return gradient;
  const [both] = workspace.call("Add", { a: sum, b: gradient });
  workspace.free(sum);
  workspace.free(gradient);
  return both!;
}

import type { TensorInfo } from "@tensorflow/tfjs";

/** The inputs of a kernel's call. */
interface TensorsByName {
  /** An input of a shape. */
  take(name: string, shape: readonly number[]): TensorInfo;
}

/** What follows a convolution, `[filters]` each. */
export type NormalizationWeights = Record<
  "bias" | "gamma" | "beta" | "movingMean" | "movingVariance",
  TensorInfo
>;

/**
 * The weights among a kernel's inputs.
 *
 * @param number Follows their names, where there are several of each.
 * @throws {RangeError} If one is missing, or of another shape or type.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const take = (name: string, shape: readonly number[]) =>
 *   name === "beta1" ? tf.ones([...shape]) : tf.zeros([...shape]);
 * const { beta } = takeWeights({ take }, 3, 1);
 * assert.deepEqual(beta.shape, [3]);
 * ```
 */
export function takeWeights(
  { take }: TensorsByName,
  filters: number,
  number: number | "" = "",
): NormalizationWeights {
  const weight = (name: string) => take(`${name}${number}`, [filters]);
  return {
    bias: weight("bias"),
    gamma: weight("gamma"),
    beta: weight("beta"),
    movingMean: weight("movingMean"),
    movingVariance: weight("movingVariance"),
  };
}

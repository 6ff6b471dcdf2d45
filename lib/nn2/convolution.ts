import * as tf from "@tensorflow/tfjs";
import type { Random } from "../random.ts";
import { BatchNormalization } from "./batch_normalization.ts";

/**
 * What keeps the activations in range: "none"; "batch" normalization after each
 * convolution; or "lrn", the paper's local response normalization at its two
 * "norm" rows.
 */
export type Normalization = "none" | "batch" | "lrn";

/** One convolution of the network. */
export interface Convolution {
  name: string;
  filters: number;
  /** Height and width of the window. */
  size: number;
  /** Step between windows (default 1). */
  stride?: number;
}

/** Appends a convolution and its ReLU to a graph. */
export type Convolve = (
  input: tf.SymbolicTensor,
  convolution: Convolution,
) => tf.SymbolicTensor;

/**
 * A seed for one of tfjs's initializers: never 0, which they take for no seed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createRandom } from "../random.ts";
 *
 * assert.ok(layerSeed(createRandom(0)) > 0);
 * ```
 */
export function layerSeed(random: Random): number {
  return 1 + random.integer(2 ** 31 - 1);
}

/**
 * Makes the function that appends convolutions with "same" padding, a bias and
 * a ReLU: `[batch, h, w, channels]` → `[batch, ⌈h / stride⌉, ⌈w / stride⌉, filters]`.
 *
 * Weights start as He and others have it for ReLUs (arXiv 1502.01852), with a
 * variance of 2 / (size² · channels); biases at 0. With "batch" the layer
 * `<name>_norm` comes between the convolution and the ReLU; the bias stays, as
 * in OpenFace's nn2.
 *
 * @param random Draws one seed for each convolution.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createRandom } from "../random.ts";
 *
 * await tf.setBackend("cpu");
 * const convolve = createConvolve("batch", createRandom(0));
 * const input = tf.input({ shape: [7, 7, 1] });
 * const output = convolve(input, { name: "a", filters: 2, size: 3, stride: 2 });
 * assert.deepEqual(output.shape, [null, 4, 4, 2]);
 * ```
 */
export function createConvolve(
  normalization: Normalization,
  random: Random,
): Convolve {
  return (input, { name, filters, size, stride = 1 }) => {
    const convolution = tf.layers.conv2d({
      name,
      filters,
      kernelSize: size,
      strides: stride,
      padding: "same",
      activation: normalization === "batch" ? "linear" : "relu",
      kernelInitializer: heNormal(layerSeed(random)),
    });
    const output = convolution.apply(input) as tf.SymbolicTensor;
    if (normalization !== "batch") return output;
    const norm = new BatchNormalization({
      name: `${name}_norm`,
      activation: "relu",
    });
    return norm.apply(output) as tf.SymbolicTensor;
  };
}

/**
 * Draws are cut at two deviations, which leaves a deviation of 0.8796, and
 * tf.initializers.heNormal does not make up for it: through the 23 convolutions
 * on NN2's longest path the signal would fade to a twentieth.
 */
function heNormal(seed: number) {
  return tf.initializers.varianceScaling({
    scale: 2 / 0.87962566103423978 ** 2,
    mode: "fanIn",
    distribution: "normal",
    seed,
  });
}

import * as tf from "@tensorflow/tfjs";
import type { Random } from "../numeric/random.ts";
import { heNormal } from "./layers/he_normal.ts";
import { NormalizedConvolution } from "./layers/normalized_convolution.ts";

/**
 * What keeps the activations in range: "none"; "batch" normalization after each
 * convolution; or "lrn", the paper's local response normalization at its two
 * "norm" rows.
 */
export type Normalization = "none" | "batch" | "lrn";

/** All of them. */
export const normalizations = {
  type: "choice",
  of: ["none", "batch", "lrn"] satisfies Normalization[],
} as const;

/** One convolution of the network. */
export interface Convolution {
  name: string;
  filters: number;
  /** Height and width of the window. */
  size: number;
  /** Step between windows (default 1). */
  stride?: number;
  /** Whether its input needs a gradient (default true); images need none. */
  inputGradient?: boolean;
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
 * import { createRandom } from "../numeric/random.ts";
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
 * Kernels start as {@linkcode heNormal} has it, biases at 0. With "batch" the layer
 * normalizes before its ReLU; the bias stays, as in OpenFace's nn2.
 *
 * @param random Draws one seed for each convolution.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createRandom } from "../numeric/random.ts";
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
  return (input, convolution) => {
    const { name, filters, size, stride = 1, inputGradient = true } =
      convolution;
    const seed = layerSeed(random);
    const common = { name, filters, kernelSize: size, strides: stride };
    const layer = normalization === "batch"
      ? new NormalizedConvolution({ ...common, seed, inputGradient })
      : tf.layers.conv2d({
        ...common,
        padding: "same",
        activation: "relu",
        kernelInitializer: heNormal(seed),
      });
    return layer.apply(input) as tf.SymbolicTensor;
  };
}

import * as tf from "@tensorflow/tfjs";

/**
 * The start of a convolution's weights that keeps a signal's size through ReLUs:
 * normal, with a variance of 2 / (size² · channels).
 *
 * Draws are cut at two deviations, which leaves a deviation of 0.8796, and
 * tf.initializers.heNormal does not make up for it: through the 23 convolutions
 * on NN2's longest path the signal would fade to a twentieth.
 *
 * @param seed Decides the draws; not 0, which tfjs takes for no seed.
 *
 * Source: He and others, "Delving deep into rectifiers", arXiv 1502.01852.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const { mean, variance } = tf.moments(heNormal(1).apply([3, 3, 16, 64]));
 * assert.ok(Math.abs(mean.dataSync()[0]!) < 1e-2);
 * assert.ok(Math.abs(variance.dataSync()[0]! * (3 * 3 * 16) / 2 - 1) < 0.1);
 * ```
 */
export function heNormal(
  seed: number,
): ReturnType<typeof tf.initializers.varianceScaling> {
  return tf.initializers.varianceScaling({
    scale: 2 / 0.87962566103423978 ** 2,
    mode: "fanIn",
    distribution: "normal",
    seed,
  });
}

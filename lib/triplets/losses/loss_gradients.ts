import * as tf from "@tensorflow/tfjs";
import { record } from "../../backends/engine/recording.ts";
import { awaitPoints, type Embeddings } from "../../numeric/embeddings.ts";
import { checkShape } from "../../numeric/shape.ts";
import type { LossAndGradient } from "./triplet_sums.ts";

/** A loss, and its gradients by the names of variables. */
export interface LossGradients {
  loss: number;
  /** Of those that the embeddings depend on; the caller disposes them. */
  gradients: tf.NamedTensorMap;
}

/**
 * Computes a loss and its gradients in variables as `tf.variableGrads` does, with
 * the embeddings awaited in between: so a loss of plain numbers, which mines its
 * triplets itself, works on a GPU too.
 *
 * 1. It embeds and records how.
 * 2. It awaits the embeddings, and gets their loss and gradient.
 * 3. It takes the gradient back through what was recorded.
 *
 * @param embed Gives `[n, size]` by operations of tfjs. Not to be called inside a
 * gradient of tfjs.
 * @param lossOf {@linkcode tripletLossAndGradient}, say, or a loss of one's own.
 * @throws {RangeError} If `embed` gives something else than `[n, size]`.
 *
 * @example The square of one weight times 3
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const w = tf.variable(tf.tensor2d([[2]]), true, "w");
 * const { loss, gradients } = await lossGradients(
 *   () => tf.mul(w, 3),
 *   ({ values: [x] }) => ({ loss: x! ** 2, gradient: Float32Array.of(2 * x!) }),
 *   [w],
 * );
 * assert.equal(loss, 36);
 * assert.deepEqual([...await gradients.w!.data()], [2 * 6 * 3]);
 * ```
 */
export async function lossGradients(
  embed: () => tf.Tensor2D,
  lossOf: (embeddings: Embeddings) => LossAndGradient,
  variables: readonly tf.Variable[],
): Promise<LossGradients> {
  const { output, backward, dispose } = record(embed);
  tf.keep(output);
  try {
    const shape = ["n", "size"];
    checkShape("compute gradients of a loss", "embeddings", output, shape);
    const { loss, gradient } = lossOf(await awaitPoints(output));
    const found = tf.tidy(() =>
      backward([...variables], tf.tensor2d(gradient, output.shape))
        .flatMap((each, i) => each ? [[variables[i]!.name, each] as const] : [])
    );
    return { loss, gradients: Object.fromEntries(found) };
  } finally {
    dispose();
    output.dispose();
  }
}

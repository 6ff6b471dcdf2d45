import * as tf from "@tensorflow/tfjs";
import { type Embeddings, readPoints } from "../../numeric/embeddings.ts";
import type { LossAndGradient } from "./triplet_sums.ts";

/**
 * Puts a loss that is computed by plain numbers on tfjs's tape, as a function of
 * a tensor of embeddings, which is read once.
 *
 * @param embeddings `[n, size]`; stay the caller's.
 * @returns A scalar that the caller disposes.
 */
export function differentiable(
  embeddings: tf.Tensor2D,
  lossOf: (embeddings: Embeddings) => LossAndGradient,
): tf.Scalar {
  const onTape = tf.customGrad((input, save) => {
    const points = readPoints(
      input as tf.Tensor2D,
      "compute a loss of embeddings",
    );
    const { loss, gradient } = lossOf(points);
    const slopes = tf.tensor2d(gradient, [points.count, points.size]);
    (save as tf.GradSaveFunc)([slopes]);
    return {
      value: tf.scalar(loss),
      gradFunc: (upstream, [slopes]) => tf.mul(slopes!, upstream),
    };
  });
  return tf.tidy(() => onTape(embeddings)) as tf.Scalar;
}

import * as tf from "@tensorflow/tfjs";
import { directions } from "../distances/cosine_distances.ts";
import { centre, gramDistances, pullBack } from "../distances/gram.ts";
import type { Metric } from "../distances/metric.ts";

/** A mean over triplets with its derivative in the distances `[n, n]`. */
export type MeanLoss = {
  value: tf.Scalar;
  /** The derivative of the sum, `[n, n]`, */
  slopes: tf.Tensor2D;
  /** and what it is multiplied by to become that of the mean. */
  share: tf.Scalar;
};

/**
 * Puts a mean loss over triplets on the gradient tape, as a function of the
 * embeddings. Which triplets are mined is constant between the places where the
 * choice changes. So distances and choice run off the tape: they need not be
 * kept for the gradient, and are free to sort and gather, whose gradients some
 * backends lack, or to be gone through in JavaScript.
 *
 * @param embeddings `[n, size]`, checked as the metric is.
 * @param evaluate Gets distances that it leaves alone; its intermediate tensors
 * are tidied.
 */
export function onTape(
  embeddings: tf.Tensor2D,
  metric: Metric | undefined,
  evaluate: (distances: tf.Tensor2D) => MeanLoss,
): tf.Scalar {
  // The cosine distance is half the squared one of directions.
  const scale = metric === "cosine" ? 0.5 : 1;
  const loss = tf.customGrad((input, saver) => {
    const points = centre(input as tf.Tensor2D);
    const { value, slopes, share } = tf.tidy(() => {
      const squared = gramDistances(points);
      return evaluate(scale === 1 ? squared : tf.mul(squared, scale));
    });
    (saver as tf.GradSaveFunc)([points, slopes, share]);
    return {
      value,
      gradFunc: (upstream, saved) => {
        const [points, slopes, share] = saved as [
          tf.Tensor2D,
          tf.Tensor2D,
          tf.Scalar,
        ];
        const weight = tf.mul(tf.mul(share, upstream), scale);
        return tf.mul(pullBack(slopes, points), weight);
      },
    };
  });
  return tf.tidy(() =>
    loss(metric === "cosine" ? directions(embeddings) : embeddings)
  ) as tf.Scalar;
}

/** The loss of no triplets: 0 everywhere, though NaN stays NaN. */
export function noLoss(distances: tf.Tensor2D): MeanLoss {
  const slopes = tf.zerosLike(distances);
  const value = tf.sum<tf.Scalar>(tf.mul(distances, slopes));
  return { value, slopes, share: tf.scalar(0) };
}

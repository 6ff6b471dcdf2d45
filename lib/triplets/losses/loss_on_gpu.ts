import * as tf from "@tensorflow/tfjs";
import type { Triplets } from "../batch/triplets.ts";
import { cosineDistances } from "../distances/cosine_distances.ts";
import { squaredDistances } from "../distances/distances.ts";
import type { Weighting } from "./options.ts";

/**
 * The mean loss of triplets by operations of tfjs alone: where only a GPU has the
 * embeddings, as in the middle of a gradient, they cannot be read.
 *
 * @param embeddings `[n, size]`; stay the caller's.
 * @returns A scalar that the caller disposes.
 */
export function lossOnGpu(
  embeddings: tf.Tensor2D,
  { anchors, positives, negatives }: Triplets,
  { margin, metric, lossFunction, mean }: Weighting,
): tf.Scalar {
  return tf.tidy(() => {
    if (anchors.length === 0) return tf.sum(embeddings).mul<tf.Scalar>(0);
    const [count] = embeddings.shape;
    const measure = metric === "squared" ? squaredDistances : cosineDistances;
    const distances = measure(embeddings).reshape([count * count]);
    const distancesTo = (others: ArrayLike<number>) => {
      const pairs = Int32Array.from(anchors, (a, i) => a * count + others[i]!);
      return distances.gather(tf.tensor1d(pairs, "int32"));
    };
    const gaps = distancesTo(positives).add(margin).sub(distancesTo(negatives));
    const costs = lossFunction === "hinge" ? gaps.relu() : gaps.softplus();
    // A step's own gradient is 0.
    const active = costs.step().sum().maximum(1);
    return costs.sum().div<tf.Scalar>(
      mean === "active" ? active : anchors.length,
    );
  });
}

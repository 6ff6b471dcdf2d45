import * as tf from "@tensorflow/tfjs";
import { atMostTwo, directions } from "./cosine_distances.ts";
import type { Metric } from "./metric.ts";

/** How many distances are held at once: 16 MB. */
const BLOCK = 4_000_000;

/** Some rows of a distance matrix. */
export interface DistanceBlock {
  /** The first of its rows. */
  first: number;
  /** The distance of a and b at `(a - first) * n + b`. */
  distances: Float32Array;
}

/**
 * Computes the distances of all pairs of very many embeddings a few rows at a
 * time, so that the whole matrix is never there.
 *
 * @param embeddings `[n, size]`; stays the caller's.
 */
export async function* distanceBlocks(
  embeddings: tf.Tensor2D,
  metric: Metric = "squared",
): AsyncGenerator<DistanceBlock> {
  const [n, size] = embeddings.shape;
  const height = Math.max(1, Math.floor(BLOCK / n));
  for (let first = 0; first < n; first += height) {
    const rows = Math.min(height, n - first);
    const block = tf.tidy(() => {
      const points = metric === "cosine" ? directions(embeddings) : embeddings;
      const near = tf.sub(points, tf.slice(points, [0, 0], [1, size]));
      const part = tf.slice(near, [first, 0], [rows, size]);
      const lengths = (x: tf.Tensor) => tf.sum(tf.square(x), 1, true);
      const sums = tf.add(lengths(part), tf.transpose(lengths(near)));
      const products = tf.matMul(part, tf.transpose(near));
      const squared = tf.abs(tf.sub(sums, tf.mul(products, 2)));
      return metric === "cosine" ? atMostTwo(tf.mul(squared, 0.5)) : squared;
    });
    try {
      yield { first, distances: await block.data<"float32">() };
    } finally {
      block.dispose();
    }
  }
}

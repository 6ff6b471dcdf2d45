import { checkWhole } from "../../numeric/domain.ts";
import {
  type Embeddings,
  type EmbeddingsOrTensor,
  readEmbeddings,
} from "../../numeric/embeddings.ts";
import { optionsOf } from "../../numeric/options.ts";
import { checkRandom, type Random } from "../../numeric/random.ts";
import { type Assignment, lloyd } from "./lloyd.ts";
import { drawCenters } from "./seeding.ts";

/** More restarts find an inertia as low or lower, and take as much longer. */
export interface KMeansOptions {
  /** Draws the starting centers. */
  random: Random;
  /** How many starts are tried, of which the best one stays; 10 by default. */
  restarts?: number;
  /** How often the centers move at most; 300 by default. */
  iterations?: number;
}

/** Of all starts, the one of the lowest inertia. */
export interface KMeans {
  /** `[n]`, the cluster of each embedding, below k. */
  labels: Int32Array;
  /** The mean of each of the k clusters. */
  centers: Embeddings;
  /** The sum of the squared distances of the embeddings to their centers. */
  inertia: number;
  /** How often the centers moved in the run that stays. */
  iterations: number;
}

/**
 * Divides embeddings into k clusters around their means: k-means++ draws the
 * first centers and Lloyd's iteration improves them, in double precision.
 *
 * Where embeddings have fewer than k distinct values, clusters stay empty. A
 * start that leaves no distance to the centers is the last one.
 *
 * @param embeddings Of n points; a tensor stays the caller's.
 * @param k How many clusters, from 1 to n.
 * @throws {RangeError} If there are no embeddings, one is not finite, or k or an option
 * is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createRandom } from "../../numeric/random.ts";
 *
 * await tf.setBackend("cpu");
 * const embeddings = tf.tensor2d([[0, 1], [9, 5], [0, 3], [9, 7]]);
 * const random = createRandom(1);
 * const { labels, inertia } = kMeans(embeddings, 2, { random });
 * assert.equal(labels[0], labels[2]);
 * assert.notEqual(labels[0], labels[1]);
 * assert.equal(inertia, 4);
 * ```
 */
export function kMeans(
  embeddings: EmbeddingsOrTensor,
  k: number,
  options: KMeansOptions,
): KMeans {
  const action = "cluster by k-means";
  const { random, restarts = 10, iterations = 300 } = optionsOf(
    action,
    options,
  );
  checkRandom(action, random);
  const points = readEmbeddings(embeddings, action);
  checkWhole(action, "k", k, 1, points.count, "the number of embeddings");
  checkWhole(action, "restarts", restarts, 1, Infinity);
  checkWhole(action, "iterations", iterations, 1, Infinity);

  let best: Assignment | undefined;
  let inertia = Infinity;
  for (let run = 0; run < restarts && inertia > 0; run++) {
    const found = lloyd(points, drawCenters(points, k, random), iterations);
    const sum = found.distances.reduce((total, distance) => total + distance);
    if (sum >= inertia) continue;
    inertia = sum;
    best = found;
  }
  const { labels, centers, iterations: moved } = best!;
  return {
    labels,
    centers: {
      values: Float32Array.from(centers),
      count: k,
      size: points.size,
    },
    inertia,
    iterations: moved,
  };
}

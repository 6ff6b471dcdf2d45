import { optionsOf } from "../../numeric/options.ts";
import * as tf from "@tensorflow/tfjs";
import { checkRandom, type Random } from "../../numeric/random.ts";
import { readEmbeddings } from "../embeddings/checks.ts";
import { checkWhole } from "../../numeric/domain.ts";
import { type Assignment, lloyd } from "./lloyd.ts";
import { drawCenters } from "./seeding.ts";

/** How {@linkcode kMeans} clusters. */
export interface KMeansOptions {
  /** Draws the starting centers. */
  random: Random;
  /** How many starts are tried, of which the best one stays; 10 by default. */
  restarts?: number;
  /** How often the centers move at most; 300 by default. */
  iterations?: number;
}

/** What {@linkcode kMeans} finds. */
export interface KMeans {
  /** `[n]`, the cluster of each embedding, below k. */
  labels: Int32Array;
  /** `[k, size]`, the mean of each cluster; disposed by its owner. */
  centers: tf.Tensor2D;
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
 * @param embeddings `[n, size]`; stays the caller's.
 * @param k How many clusters, from 1 to n.
 * @throws {TypeError} If the embeddings are not of rank 2.
 * @throws {RangeError} If there are none, one is not finite, or k or an option
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
 * const { labels, centers, inertia } = kMeans(embeddings, 2, { random });
 * assert.equal(labels[0], labels[2]);
 * assert.notEqual(labels[0], labels[1]);
 * assert.equal(inertia, 4);
 * centers.dispose();
 * ```
 */
export function kMeans(
  embeddings: tf.Tensor2D,
  k: number,
  options: KMeansOptions,
): KMeans {
  const action = "cluster by k-means";
  const { random, restarts = 10, iterations = 300 } = optionsOf(
    action,
    options,
  );
  checkRandom(action, random);
  const points = readEmbeddings(action, embeddings);
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
    centers: tf.tensor2d(Float32Array.from(centers), [k, points.size]),
    inertia,
    iterations: moved,
  };
}

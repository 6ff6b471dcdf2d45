import { indicesByClass } from "../../digits/classes.ts";
import { checkLabels } from "../../digits/labels.ts";
import {
  type Embeddings,
  type EmbeddingsOrTensor,
  readEmbeddings,
} from "../../numeric/embeddings.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import {
  mostSquared,
  squaredDistance,
} from "../../triplets/distances/squared_distance.ts";

/** One point of the embedding space for each class: the "face db". */
export interface Centroids {
  /** The classes in ascending order, one for each row of `vectors`. */
  classes: Int32Array;
  /** One for each class, of length 1. */
  vectors: Embeddings;
}

/** {@linkcode Centroids} that may come as a tensor `[classes, size]`. */
export interface GivenCentroids {
  classes: ArrayLike<number>;
  vectors: EmbeddingsOrTensor;
}

/** One entry for each embedding, in their order. */
export interface NearestCentroids {
  /** The class of the nearest centroid; of equally near ones the smallest. */
  labels: Int32Array;
  /** The squared Euclidean distance to it, in [0, 4] between unit vectors. */
  distances: Float32Array;
  /**
   * How sure each prediction is: by how much the second nearest centroid is farther,
   * in squared distance. Infinite where there is only one class.
   */
  certainties: Float32Array;
  /** @deprecated Use `certainties`: a margin is what a loss has. */
  margins: Float32Array;
}

// Below this length a mean of unit vectors is rounding noise of float32, and
// so is its direction.
const SHORTEST_MEAN = 1e-6;

/**
 * Computes the centroid of each class: the mean of its embeddings, scaled back
 * to length 1.
 *
 * @param embeddings Of n images, of length 1; a tensor stays the caller's.
 * @param labels `[n]`, the class of each.
 * @throws {RangeError} If they are not of rank 2, there are none, one is not finite, the labels do not
 * fit, or the embeddings of a class cancel each other out.
 *
 * @example The centroid of two directions lies between them
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const embeddings = tf.tensor2d([[1, 0], [0, 1], [-1, 0]]);
 * const { classes, vectors } = computeCentroids(embeddings, [7, 7, 9]);
 * assert.deepEqual([...classes], [7, 9]);
 * assert.ok(Math.abs(vectors.values[0]! - Math.SQRT1_2) < 1e-6);
 * ```
 */
export function computeCentroids(
  embeddings: EmbeddingsOrTensor,
  labels: ArrayLike<number>,
): Centroids {
  const action = "compute centroids";
  const { values, count, size } = readEmbeddings(embeddings, action);
  checkLabels(action, labels, count);
  const members = indicesByClass(labels);

  const vectors = new Float32Array(members.size * size);
  let row = 0;
  for (const [label, indices] of members) {
    const sum = new Float64Array(size);
    for (const i of indices) {
      for (let j = 0; j < size; j++) sum[j]! += values[i * size + j]!;
    }
    const squares = sum.reduce((total, value) => total + value * value, 0);
    const length = Math.sqrt(squares);
    if (length < SHORTEST_MEAN * indices.length) {
      const mean = length / indices.length;
      refuse(
        action,
        `a mean of class ${label} that can be scaled to length 1`,
        `length ${mean} (its embeddings cancel each other out)`,
      );
    }
    vectors.set(sum.map((value) => value / length), row++ * size);
  }
  return {
    classes: Int32Array.from(members.keys()),
    vectors: { values: vectors, count: members.size, size },
  };
}

/**
 * Predicts the class of each embedding: that of the nearest centroid.
 *
 * Sums squared differences in double precision, which `a² − 2ab + b²` with a
 * matrix product would not keep for near points.
 *
 * @param embeddings Of n images; a tensor stays the caller's, as does one of
 * centroids.
 * @throws {RangeError} If they are not of rank 2, there are none, one is not finite, or their size is
 * not that of the centroids.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const centroids = computeCentroids(tf.tensor2d([[1, 0], [0, 1]]), [3, 5]);
 * const { labels, distances, certainties } = nearestCentroid(
 *   tf.tensor2d([[0, 1]]),
 *   centroids,
 * );
 * assert.deepEqual([labels[0], distances[0], certainties[0]], [5, 0, 2]);
 * ```
 */
export function nearestCentroid(
  embeddings: EmbeddingsOrTensor,
  centroids: GivenCentroids,
): NearestCentroids {
  const action = "find nearest centroids";
  const rows = readEmbeddings(embeddings, action);
  const { count, size } = rows;
  const { classes } = optionsOf(action, centroids);
  const vectors = readEmbeddings(centroids.vectors, action);
  checkLabels(action, classes, vectors.count);
  if (vectors.size !== size) {
    refuse(
      action,
      `embeddings of size ${vectors.size}, that of the centroids`,
      `${size}`,
    );
  }
  const labels = new Int32Array(count);
  const distances = new Float32Array(count);
  const certainties = new Float32Array(count);
  const most = mostSquared(rows, vectors);
  for (let i = 0; i < count; i++) {
    let [nearest, second] = [Infinity, Infinity];
    for (let row = 0; row < vectors.count; row++) {
      const exact = squaredDistance(rows, i, vectors, row, second);
      const distance = exact < most ? exact : most;
      if (distance < nearest) {
        second = nearest;
        nearest = distance;
        labels[i] = classes[row]!;
      } else if (distance < second) {
        second = distance;
      }
    }
    distances[i] = nearest;
    certainties[i] = second - nearest;
  }
  return { labels, distances, certainties, margins: certainties };
}

import { checkWhole } from "../../numeric/domain.ts";
import { checkRoom } from "../../numeric/shape.ts";
import {
  type Embeddings,
  type EmbeddingsOrTensor,
  readEmbeddings,
} from "../../numeric/embeddings.ts";
import { symmetricEigen } from "./symmetric_eigen.ts";

/** Embeddings seen from their widest side. */
export interface Pca {
  /** `[n, dimensions]`, where the embeddings come to lie around the origin. */
  points: Embeddings;
  /** `[dimensions, size]`, the directions of the axes: of length 1, at right angles. */
  components: Embeddings;
  /** `[dimensions]`, the variance along each axis, descending. */
  explainedVariance: Float64Array;
  /**
   * `[dimensions]`, the share of the whole variance that each axis shows, in
   * [0, 1]; 0 where the embeddings do not vary.
   */
  explainedVarianceRatio: Float64Array;
}

/**
 * Projects embeddings to the directions in which they vary most: principal
 * component analysis, through the eigenvectors of their covariance in double
 * precision. Of the two directions of an axis the one is taken in which the
 * component's entry of largest magnitude is positive, as in scikit-learn.
 *
 * The time grows with n · size² and size³: 3,000 images of 784 pixels take about
 * five seconds on one core, and a size of 2,048 takes half a minute.
 *
 * @param embeddings Of n images; a tensor `[n, size]` stays the caller's.
 * @param dimensions From 1 to the smaller one of n and size; 2 by default.
 * @throws {RangeError} If there are fewer than two, one is not finite, or the
 * dimensions are too many.
 *
 * @example Points near a diagonal
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const embeddings = tf.tensor2d([[0, 0, 5], [3, 4, 5], [6, 8, 5]]);
 * const { points, components, explainedVarianceRatio } = pca(embeddings, 1);
 * const rounded = ({ values }: { values: Float32Array }) =>
 *   Array.from(values, (value) => Math.round(10 * value) / 10);
 * assert.deepEqual(rounded(components), [0.6, 0.8, 0]);
 * assert.deepEqual(rounded(points), [-5, 0, 5]);
 * assert.ok(explainedVarianceRatio[0]! > 0.999);
 * ```
 */
export function pca(embeddings: EmbeddingsOrTensor, dimensions = 2): Pca {
  const action = "project by PCA";
  const { values, count, size } = readEmbeddings(embeddings, action);
  checkWhole(action, "the number of embeddings", count, 2, Infinity);
  const [most, which] = count < size
    ? [count, "the number of embeddings"]
    : [size, "the size of an embedding"];
  checkWhole(action, "dimensions", dimensions, 1, most, which);
  checkRoom(action, "covariances", [size, size], 8);

  const centered = center(values, count, size);
  const covariance = covariances(centered, count, size);
  let whole = 0;
  for (let j = 0; j < size; j++) whole += covariance[j * size + j]!;
  const { values: variances, vectors } = symmetricEigen(covariance, size);
  const components = vectors.subarray(0, dimensions * size);
  orient(components, size);

  // Rounding can make a variance of 0 negative.
  const explainedVariance = variances.slice(0, dimensions)
    .map((variance) => Math.max(0, variance));
  return {
    points: {
      values: project(centered, components, size),
      count,
      size: dimensions,
    },
    components: {
      values: Float32Array.from(components),
      count: dimensions,
      size,
    },
    explainedVariance,
    explainedVarianceRatio: explainedVariance
      .map((variance) => whole > 0 ? Math.min(1, variance / whole) : 0),
  };
}

function center(
  values: Float32Array,
  count: number,
  size: number,
): Float64Array {
  // Divided after the sum, which is exact for equal float32: they come to lie
  // exactly at the origin.
  const sums = new Float64Array(size);
  values.forEach((value, at) => sums[at % size]! += value);
  return Float64Array.from(
    values,
    (value, at) => value - sums[at % size]! / count,
  );
}

/** `[size, size]`, over n − 1. */
function covariances(
  centered: Float64Array,
  count: number,
  size: number,
): Float64Array {
  const sums = new Float64Array(size * size);
  for (let at = 0; at < centered.length; at += size) {
    for (let i = 0; i < size; i++) {
      const value = centered[at + i]! / (count - 1);
      // Many pixels are black in all images.
      if (value === 0) continue;
      for (let j = i; j < size; j++) {
        sums[i * size + j]! += value * centered[at + j]!;
      }
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) sums[i * size + j] = sums[j * size + i]!;
  }
  return sums;
}

/** Makes the entry of largest magnitude positive; the first one of equals. */
function orient(components: Float64Array, size: number): void {
  for (let at = 0; at < components.length; at += size) {
    const row = components.subarray(at, at + size);
    const largest = row.reduce((a, b) => Math.abs(b) > Math.abs(a) ? b : a);
    if (largest < 0) row.forEach((value, j) => row[j] = -value);
  }
}

function project(
  centered: Float64Array,
  components: Float64Array,
  size: number,
): Float32Array {
  const dimensions = components.length / size;
  const count = centered.length / size;
  return Float32Array.from({ length: count * dimensions }, (_, at) => {
    const row = Math.floor(at / dimensions), axis = at % dimensions;
    let sum = 0;
    for (let j = 0; j < size; j++) {
      sum += centered[row * size + j]! * components[axis * size + j]!;
    }
    return sum;
  });
}

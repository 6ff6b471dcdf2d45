import * as tf from "@tensorflow/tfjs";
import { optionsOf } from "../../numeric/options.ts";
import { checkShape } from "../../numeric/shape.ts";
import { checkMargin, readLabels } from "../batch/batch.ts";
import { squaredDistances } from "../distances/distances.ts";

/** The margin is a Euclidean distance; that of triplets is by default a squared one. */
export interface PairLossOptions {
  /** How far apart negatives should be at least; 0 or more, a Euclidean distance. */
  margin: number;
}

/** All pairs of a batch, in both orders, each `[n, n]`. */
export interface Pairs {
  squared: tf.Tensor2D;
  /** Euclidean. The gradient is 0 where two points coincide. */
  distances: tf.Tensor2D;
  /** 1 for two images of one class, else 0. */
  positives: tf.Tensor2D;
  /** 1 for two images of different classes, else 0. */
  negatives: tf.Tensor2D;
  /** How many pairs there are, */
  count: number;
  /** and how many of them are positives. */
  positiveCount: number;
}

/** The least squared distance that a root is taken of. */
const LEAST = 1e-12;

/**
 * Checks a batch and computes a loss of its pairs.
 *
 * @param lossOf Differentiable in what it is given; its tensors are tidied.
 * @throws {RangeError} If the embeddings are not `[n, size]`, there are not n
 * whole labels, or the margin is negative.
 */
export function pairLoss(
  action: string,
  embeddings: tf.Tensor2D,
  labels: ArrayLike<number>,
  options: PairLossOptions,
  lossOf: (pairs: Pairs, margin: number) => tf.Scalar,
): tf.Scalar {
  const { margin } = optionsOf(action, options);
  checkMargin(action, margin);
  checkShape(action, "embeddings", embeddings, ["n", "size"]);
  const classes = readLabels(action, labels, embeddings.shape[0]);
  return tf.tidy(() => lossOf(makePairs(embeddings, classes), margin));
}

/** The pairs of a batch whose classes are `[n]`. The caller tidies. */
function makePairs(embeddings: tf.Tensor2D, classes: Int32Array): Pairs {
  const squared = squaredDistances(embeddings);
  const n = squared.shape[0];
  const positives = new Float32Array(n * n);
  const negatives = new Float32Array(n * n);
  let positiveCount = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (classes[i] !== classes[j]) negatives[i * n + j] = 1;
      else if (i !== j) {
        positives[i * n + j] = 1;
        positiveCount++;
      }
    }
  }
  return {
    squared,
    distances: tf.sqrt(tf.maximum(squared, LEAST)),
    positives: tf.tensor2d(positives, [n, n]),
    negatives: tf.tensor2d(negatives, [n, n]),
    count: n * (n - 1),
    positiveCount,
  };
}

/** max(0, x); relu would turn NaN into 0 on some backends. */
export function positivePart(x: tf.Tensor): tf.Tensor {
  return tf.mul(x, tf.step(x));
}

import * as tf from "@tensorflow/tfjs";
import { type Embeddings, readPoints } from "../../numeric/embeddings.ts";
import { checkShape } from "../../numeric/shape.ts";
import type { Settings } from "../settings/schema.ts";

/**
 * An embedding counts as collapsed while the images of a batch lie within a
 * hundredth of the sphere's radius of each other: below this spread. NN2 begins
 * between 0.0005 and 1, trained it is near 2, and collapsed it falls to 1e-7
 * within a few steps.
 */
export const collapsedSpread = 1e-4;

/** After so many steps in a row it is taken to stay so. */
export const collapsedSteps = 20;

/**
 * The spread of a batch of unit embeddings: the mean squared distance of two
 * different images, from 0, where all are the same, to 2 and a little more. It
 * tells a collapse apart from a network that has not learned yet; the loss is
 * at the margin in both.
 *
 * @param embeddings `[n, size]`; stay the caller's. On a GPU `await` their `data()`
 * first.
 * @returns A scalar that the caller disposes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const opposite = tf.tensor2d([[1, 0], [-1, 0]]);
 * assert.equal(embeddingSpread(opposite).arraySync(), 4);
 * assert.equal(embeddingSpread(tf.ones([3, 2])).arraySync(), 0);
 * ```
 */
export function embeddingSpread(embeddings: tf.Tensor2D): tf.Scalar {
  const action = "measure a spread";
  checkShape(action, "embeddings", embeddings, ["n", "size"]);
  return tf.scalar(embeddingSpreadOf(readPoints(embeddings, action)));
}

/** {@linkcode embeddingSpread} of embeddings that were read back; no tensor is made. */
export function embeddingSpreadOf(
  { values, count, size }: Embeddings,
): number {
  let sum = 0;
  for (let column = 0; column < size; column++) {
    let mean = 0;
    for (let i = column; i < values.length; i += size) mean += values[i]!;
    mean /= count;
    // Around the mean: nothing cancels, however close the images are.
    for (let i = column; i < values.length; i += size) {
      sum += (values[i]! - mean) ** 2;
    }
  }
  return sum * 2 / Math.max(1, count - 1);
}

/**
 * Whether an embedding has collapsed for good, from the steps so far.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const after = (steps: number) => [
 *   { spread: 1 },
 *   ...new Array(steps).fill({ spread: 1e-6 }),
 * ];
 * assert.equal(hasCollapsed(after(19)), false);
 * assert.equal(hasCollapsed(after(20)), true);
 * ```
 */
export function hasCollapsed(steps: readonly { spread: number }[]): boolean {
  return steps.length >= collapsedSteps &&
    steps.slice(-collapsedSteps).every(({ spread }) =>
      spread < collapsedSpread
    );
}

/** Says what a collapse is and what helps with these settings. */
export function explainCollapse(
  { margin, learningRate, normalization, miner }: Settings,
  { step, spread }: { step: number; spread: number },
): string {
  const cures = [
    `a lower learning rate (now ${learningRate})`,
    ...(normalization === "batch" ? [] : ["batch normalization"]),
    ...(miner === "batch-hard"
      ? ["semi-hard instead of batch-hard mining"]
      : []),
    "more images in a batch",
  ];
  return `The embedding has collapsed: at step ${step} the mean squared distance of two images is ${
    spread.toExponential(1)
  }, and has been below ${collapsedSpread} for ${collapsedSteps} steps, so the loss stays at the margin, ${margin}. Begin anew with ${
    cures.slice(0, -1).join(", ")
  } or ${cures.at(-1)}`;
}

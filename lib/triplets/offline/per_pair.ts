import type * as tf from "@tensorflow/tfjs";
import { checkValue } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { checkRandom, type Random } from "../../numeric/random.ts";
import { checkMargin, readBatch } from "../batch/batch.ts";
import { countPairs } from "../batch/classes.ts";
import { createTripletList } from "../batch/list.ts";
import { rowsOf } from "../batch/rows.ts";
import { drawNegatives } from "../miners/draw.ts";
import type { Triplets } from "../batch/triplets.ts";

/** With a margin of Infinity, any negative beyond the positive may be drawn. */
export interface PerPairOptions {
  /** The far end of the band that negatives come from, 0 or more; Infinity for none. */
  margin: number;
  /** Draws one negative for each pair. */
  random: Random;
  /** Which image of the pair a negative's distance is measured from. Default "anchor", as the loss does. */
  measuredFrom?: "anchor" | "positive";
}

const ends = { type: "choice", of: ["anchor", "positive"] } as const;

/**
 * Gives every (anchor, positive) pair of a batch one semi-hard negative, drawn
 * at random from those with d(a,p) < d(a,n) ≤ d(a,p) + margin. A pair that has
 * none is dropped.
 *
 * vincenthanna/facenet_on_mnist, which this library reimplements, builds its
 * triplets so and then embeds each image once more for every triplet it is in;
 * {@linkcode batchTripletLoss} spares that. It also measured the negative from
 * the positive, by L1, with no end to the band. Such a negative may well be
 * nearer to the anchor than the positive is; `measuredFrom` lets one see that.
 * To list triplets of more images than a batch has, see
 * {@linkcode constructTriplets}.
 *
 * @param distances `[n, n]`, squared as the loss has them: a tensor, which is
 * read back and stays the caller's, or its values in rows.
 * @param labels The class of each of the n images.
 * @returns Triplets by ascending anchor and positive.
 * @throws {RangeError} If the sizes differ, a distance is not finite, a label
 * is not whole, the margin is negative, or an option is none of those listed.
 *
 * @example By the distance from the anchor, and as the original chose
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createRandom } from "../../numeric/random.ts";
 * import { squaredDistances } from "../distances/distances.ts";
 * import { manhattanDistances } from "../distances/manhattan_distances.ts";
 *
 * await tf.setBackend("cpu");
 * const x = tf.tensor2d([[0], [2], [-1], [3]]);
 * const labels = [0, 0, 1, 2];
 *
 * const triplets = drawTripletPerPair(squaredDistances(x), labels, {
 *   margin: 5,
 *   random: createRandom(1),
 * });
 * assert.deepEqual([...triplets.anchors], [0, 1]);
 * assert.deepEqual([...triplets.negatives], [3, 2]); // at 9, both
 *
 * const original = drawTripletPerPair(manhattanDistances(x), labels, {
 *   margin: Infinity,
 *   random: createRandom(1),
 *   measuredFrom: "positive",
 * });
 * assert.deepEqual([...original.negatives], [2, 3]); // each at 1 from its anchor
 * ```
 */
export function drawTripletPerPair(
  distances: tf.Tensor2D | Float32Array,
  labels: ArrayLike<number>,
  options: PerPairOptions,
): Triplets {
  const action = "draw triplets";
  const { margin, random, measuredFrom = "anchor" } = optionsOf(
    action,
    options,
  );
  if (margin !== Infinity) checkMargin(action, margin);
  checkRandom(action, random);
  checkValue(action, "measuredFrom", measuredFrom, ends);
  const batch = readBatch(action, distances, labels);
  const list = createTripletList(countPairs(batch.labels).pairs);
  // The row is of the image that negatives are measured from.
  for (const row of rowsOf(batch)) {
    drawNegatives(
      row,
      (above) => ({ above, upTo: above + margin }),
      random,
      (other, negative) =>
        measuredFrom === "anchor"
          ? list.take(row.image, other, negative)
          : list.take(other, row.image, negative),
    );
  }
  return list.finish();
}

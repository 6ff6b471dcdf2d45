import { checkLabels } from "../../digits/labels.ts";
import { checkWhole } from "../../numeric/domain.ts";
import { checkSeveralClasses } from "../embeddings/checks.ts";
import { checkNeighbours, type Neighbours } from "./neighbours.ts";

/** The predictions for n queries, and how united the neighbours were. */
export interface Votes {
  /** `[n]`, the class of most neighbours. */
  labels: Int32Array;
  /** `[n]`, the share of the neighbours that are of this class, in (0, 1]. */
  shares: Float32Array;
}

/**
 * Predicts the class of each query by k-nearest-neighbour classification: the
 * class of most of its neighbours. Of classes with as many votes the one with
 * the nearest neighbour wins.
 *
 * scikit-learn's `KNeighborsClassifier` gives such a tie to the smallest class
 * instead; otherwise the predictions are the same.
 *
 * @param neighbours Of each query, as `findNeighbours` gives them.
 * @param labels The class of each item of the gallery.
 * @param k How many of the neighbours vote; all of them by default, so one
 * search serves for every smaller k.
 * @throws {RangeError} If the labels do not fit the gallery or are all of one
 * class, or there are fewer than k neighbours.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { findNeighbours } from "./neighbours.ts";
 *
 * await tf.setBackend("cpu");
 * const gallery = tf.tensor2d([[0], [2], [3], [9]]);
 * const query = tf.tensor2d([[0.5]]);
 * const neighbours = findNeighbours(query, { k: 3, gallery });
 * const labels = [7, 5, 5, 7];
 * const { labels: [class3], shares } = voteOfNeighbours(neighbours, labels);
 * assert.deepEqual([class3, shares[0]], [5, Math.fround(2 / 3)]);
 * assert.equal(voteOfNeighbours(neighbours, labels, 1).labels[0], 7);
 * assert.equal(voteOfNeighbours(neighbours, labels, 2).labels[0], 7); // a tie
 * ```
 */
export function voteOfNeighbours(
  neighbours: Neighbours,
  labels: ArrayLike<number>,
  k?: number,
): Votes {
  const action = "vote by neighbours";
  checkNeighbours(action, neighbours);
  checkLabels(action, labels, neighbours.galleryCount);
  checkSeveralClasses(action, labels);
  const { k: found, indices } = neighbours;
  const voting = k ?? found;
  if (k !== undefined) {
    checkWhole(action, "k", k, 1, found, "the neighbours found");
  }
  const count = indices.length / found;
  const predicted = new Int32Array(count);
  const shares = new Float32Array(count);
  for (let query = 0; query < count; query++) {
    // A map keeps the order in which its keys came: the nearest class first.
    const votes = new Map<number, number>();
    const start = query * found;
    for (let i = start; i < start + voting; i++) {
      const label = labels[indices[i]!]!;
      votes.set(label, (votes.get(label) ?? 0) + 1);
    }
    let most = 0;
    for (const [label, number] of votes) {
      if (number > most) {
        most = number;
        predicted[query] = label;
      }
    }
    shares[query] = most / voting;
  }
  return { labels: predicted, shares };
}

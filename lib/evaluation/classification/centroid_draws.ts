import { drawPerClass } from "../../digits/classes.ts";
import { checkWhole } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { checkRandom, type Random } from "../../numeric/random.ts";
import { accuracy } from "./accuracy.ts";
import { computeCentroids, nearestCentroid } from "./centroids.ts";
import { checkAmongClasses } from "../embeddings/checks.ts";
import {
  type LabelledEmbeddings,
  readLabelled,
  selectLabelled,
} from "../embeddings/labelled.ts";
import { type Spread, spread } from "../statistics/spread.ts";

/** More draws make the standard error smaller; each classifies all test images. */
export interface DrawOptions {
  /** How many training images make a centroid; 100 by default. */
  imagesPerClass?: number;
  /** How many times they are drawn, from 2 to 1,000,000; 10 by default. */
  draws?: number;
  /** Decides which they are. */
  random: Random;
}

/**
 * Repeats the nearest-centroid evaluation with centroids of other training
 * images, to tell how much of an accuracy is the luck of the draw.
 *
 * The standard error is that of the mean over draws. All draws share their
 * test images, so it says nothing about how another test set would do.
 *
 * @param train Embeddings of unit length to draw the centroids' from.
 * @param test Embeddings to classify, all of them in every draw.
 * @returns Mean and standard error, and the accuracy of each draw.
 * @throws {RangeError} If there are fewer than two draws, a class has fewer
 * than `imagesPerClass` images or none in `train`, or as `computeCentroids`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createRandom } from "../../numeric/random.ts";
 *
 * await tf.setBackend("cpu");
 * const embeddings = tf.tensor2d([[1, 0], [0.8, 0.6], [0, 1], [0.6, 0.8]]);
 * const images = { embeddings, labels: [3, 3, 5, 5] };
 * const { mean, standardError, accuracies } = centroidAccuracyOverDraws(
 *   images,
 *   images,
 *   { imagesPerClass: 1, draws: 4, random: createRandom(1) },
 * );
 * assert.equal(accuracies.length, 4);
 * assert.ok(mean > 0.5 && standardError < 0.25);
 * ```
 */
export function centroidAccuracyOverDraws(
  train: LabelledEmbeddings,
  test: LabelledEmbeddings,
  options: DrawOptions,
): Spread & { accuracies: number[] } {
  const action = "repeat nearest-centroid evaluation";
  const { imagesPerClass = 100, draws = 10, random } = optionsOf(
    action,
    options,
  );
  checkRandom(action, random);
  checkWhole(action, "draws", draws, 2, 1e6);
  const pool = readLabelled(action, train);
  const tested = readLabelled(action, test);
  checkAmongClasses(action, tested.labels, pool.labels);
  const accuracies = Array.from({ length: draws }, () => {
    const drawn = drawPerClass(pool.labels, imagesPerClass, random);
    const { embeddings, labels } = selectLabelled(pool, drawn);
    const centroids = computeCentroids(embeddings, labels);
    const nearest = nearestCentroid(tested.embeddings, centroids);
    return accuracy(nearest.labels, tested.labels);
  });
  return { ...spread(accuracies), accuracies };
}

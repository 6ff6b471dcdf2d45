import { drawPerClass, indicesByClass } from "../../digits/classes.ts";
import type { Dataset } from "../../digits/dataset.ts";
import { optionsOf } from "../../numeric/options.ts";
import { checkRandom, type Random } from "../../numeric/random.ts";
import { accuracy } from "./accuracy.ts";
import { computeCentroids, nearestCentroid } from "./centroids.ts";
import { confusionMatrix } from "./confusion_matrix.ts";
import { checkAmongClasses } from "../embeddings/checks.ts";
import {
  type Embed,
  embedImages,
  type EmbedOptions,
  readEmbedOptions,
} from "../embeddings/embed_images.ts";

/** Every class gets a centroid of as many images, however many it has. */
export interface CentroidOptions extends EmbedOptions {
  /** How many training images make a centroid; 100 by default. */
  imagesPerClass?: number;
  /** Decides which training images these are. */
  random: Random;
}

/** What nearest-centroid classification achieves with one embedding. */
export interface CentroidReport {
  /** The share of test images whose class was predicted, in [0, 1]. */
  accuracy: number;
  /** How many images were tested. */
  testImages: number;
  /** How many training images each centroid is the mean of. */
  imagesPerClass: number;
  /** The number of dimensions of the embedding. */
  embeddingSize: number;
  /** The classes in ascending order, as `confusion` has them. */
  classes: Int32Array;
  /** Row = actual class, column = predicted class. */
  confusion: number[][];
  /** The predicted class of each test image. */
  predictions: Int32Array;
  /** The squared distance of each test image to the nearest centroid. */
  distances: Float32Array;
  /** How much farther the second nearest centroid is: how sure it was. */
  certainties: Float32Array;
  /** @deprecated Use `certainties`: a margin is what a loss has. */
  margins: Float32Array;
}

/**
 * Evaluates an embedding as the original does: the mean embedding of some
 * training images stands for each class, and each test image gets the class
 * of the nearest one. All test images are tested.
 *
 * @param embed Gives embeddings of unit length; what it allocates is disposed.
 * @param data Training images to draw the centroids' images from, and test
 * images.
 * @throws {RangeError} If a class has fewer than `imagesPerClass` training
 * images, a test image has a class that training images lack, or an embedding
 * is not finite.
 *
 * @example Black and white images
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createRandom } from "../../numeric/random.ts";
 *
 * await tf.setBackend("cpu");
 * const images = new Uint8Array(2 * 28 * 28).fill(255, 28 * 28);
 * const labels = Uint8Array.of(0, 1);
 * const dataset = { images, labels, count: 2, height: 28, width: 28 };
 * const brightness = (batch: tf.Tensor4D) =>
 *   tf.oneHot(batch.mean([1, 2, 3]).toInt(), 2).toFloat().as2D(-1, 2);
 *
 * const report = await evaluateCentroids(
 *   brightness,
 *   { train: dataset, test: dataset },
 *   { imagesPerClass: 1, random: createRandom(1) },
 * );
 * assert.equal(report.accuracy, 1);
 * assert.deepEqual(report.confusion, [[1, 0], [0, 1]]);
 * ```
 */
export async function evaluateCentroids(
  embed: Embed,
  data: { train: Dataset; test: Dataset },
  options: CentroidOptions,
): Promise<CentroidReport> {
  const action = "evaluate centroids";
  const { imagesPerClass = 100, random, ...embedding } = optionsOf(
    action,
    options,
  );
  checkRandom(action, random);
  readEmbedOptions(data.train, embedding);
  const drawn = drawPerClass(data.train.labels, imagesPerClass, random);
  return await evaluateDrawn(embed, data, drawn, embedding);
}

/** The same with centroids of given training images. */
export async function evaluateDrawn(
  embed: Embed,
  { train, test }: { train: Dataset; test: Dataset },
  drawn: Int32Array,
  { onProgress, ...embedding }: EmbedOptions,
): Promise<CentroidReport> {
  const drawnLabels = drawn.map((index) => train.labels[index]!);
  const classes = Int32Array.from(indicesByClass(drawnLabels).keys());
  checkAmongClasses("evaluate centroids", test.labels, classes);
  const total = drawn.length + test.count;

  const sources = await embedImages(embed, train, drawn, {
    ...embedding,
    onProgress: (done) => onProgress?.(done, total),
  });
  const everyTest = Array.from({ length: test.count }, (_, i) => i);
  const tested = await embedImages(embed, test, everyTest, {
    ...embedding,
    onProgress: (done) => onProgress?.(drawn.length + done, total),
  });
  const centroids = computeCentroids(sources, drawnLabels);
  const nearest = nearestCentroid(tested, centroids);
  const { labels: predictions, distances, certainties } = nearest;
  return {
    accuracy: accuracy(predictions, test.labels),
    testImages: test.count,
    imagesPerClass: drawn.length / classes.length,
    embeddingSize: tested.size,
    classes,
    confusion: confusionMatrix(predictions, test.labels, classes),
    predictions,
    distances,
    certainties,
    margins: certainties,
  };
}

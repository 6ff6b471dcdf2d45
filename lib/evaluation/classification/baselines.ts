import * as tf from "@tensorflow/tfjs";
import { drawPerClass } from "../../digits/classes.ts";
import type { Dataset } from "../../digits/dataset.ts";
import { selectImages } from "../../digits/select_images.ts";
import { checkWhole } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { checkShape } from "../../numeric/shape.ts";
import { checkRandom, shuffle } from "../../numeric/random.ts";
import {
  type Embed,
  type EmbedOptions,
  readEmbedOptions,
} from "../embeddings/embed_images.ts";
import {
  type CentroidOptions,
  type CentroidReport,
  evaluateDrawn,
} from "./evaluate_centroids.ts";

/** How baselines are evaluated. */
export interface BaselineOptions extends CentroidOptions {
  /**
   * How many of the test images, drawn at random, measure the untrained network
   * (all by default, or if there are fewer), which costs as much time as the trained one.
   */
  untrainedImages?: number;
}

/** What an accuracy has to be held against, on the same training images. */
export interface Baselines {
  /** The same network before its training: what its architecture gives. */
  untrained: CentroidReport;
  /** No network at all: what the images themselves give. */
  rawPixels: CentroidReport;
}

/** One report for each embedding, on the same training images. */
export interface BaselineReports extends Baselines {
  /** The network in question. */
  trained: CentroidReport;
}

/**
 * Takes the pixels themselves as an embedding: every image flattened and
 * scaled to length 1, so that brightness does not count. A black image stays
 * at 0.
 *
 * @param images `[n, height, width, channels]`; stays the caller's.
 * @returns `[n, height × width × channels]`; the caller disposes it.
 * @throws {RangeError} If the images are not of rank 4, or there are none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const embeddings = rawPixels(tf.tensor4d([[[[0]], [[5]]]]));
 * assert.deepEqual(embeddings.arraySync(), [[0, 1]]);
 * ```
 */
export function rawPixels(images: tf.Tensor4D): tf.Tensor2D {
  const shape = ["n", "height", "width", "channels"];
  checkShape("take pixels as embeddings", "images", images, shape);
  return tf.tidy(() => {
    const flat = images.reshape<tf.Tensor2D>([images.shape[0], -1]);
    const lengths = flat.square().sum(1, true).sqrt();
    return flat.div(lengths.maximum(1e-12));
  });
}

/**
 * Evaluates a network next to the two baselines that its accuracy has to be
 * held against, with the same centroid images and, unless fewer are asked for,
 * test images.
 *
 * The raw pixels are the dataset's own, as {@linkcode rawPixels} takes them,
 * whatever `inputSize` and `binarize` give to the networks.
 *
 * @param networks `embed` functions of the network and of a fresh one with the
 * same settings.
 * @throws {RangeError} As `evaluateCentroids`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createRandom } from "../../numeric/random.ts";
 *
 * await tf.setBackend("cpu");
 * const images = new Uint8Array(2 * 28 * 28);
 * images[0] = images[28 * 28 + 1] = 255;
 * const labels = Uint8Array.of(0, 1);
 * const dataset = { images, labels, count: 2, height: 28, width: 28 };
 *
 * const reports = await evaluateWithBaselines(
 *   { trained: rawPixels, untrained: (batch) => tf.ones([batch.shape[0], 1]) },
 *   { train: dataset, test: dataset },
 *   { imagesPerClass: 1, random: createRandom(1) },
 * );
 * assert.equal(reports.rawPixels.accuracy, 1);
 * assert.equal(reports.untrained.accuracy, 0.5);
 * ```
 */
export async function evaluateWithBaselines(
  networks: { trained: Embed; untrained: Embed },
  data: { train: Dataset; test: Dataset },
  options: BaselineOptions,
): Promise<BaselineReports> {
  const action = "evaluate with baselines";
  const {
    imagesPerClass = 100,
    untrainedImages = data.test.count,
    random,
    onProgress,
    ...embedding
  } = optionsOf(action, options);
  checkRandom(action, random);
  checkWhole(action, "untrainedImages", untrainedImages, 1, Infinity);
  readEmbedOptions(data.train, embedding);
  const drawn = drawPerClass(data.train.labels, imagesPerClass, random);
  const all = Array.from(data.test.labels, (_, index) => index);
  const sample = shuffle(all, random).slice(0, untrainedImages);
  const ofBaselines = 2 * drawn.length + data.test.count + sample.length;
  const total = ofBaselines + drawn.length + data.test.count;
  const baselines = await evaluateBaselines(
    networks.untrained,
    data,
    { centroids: drawn, sample },
    { ...embedding, onProgress: (done) => onProgress?.(done, total) },
  );
  const trained = await evaluateDrawn(networks.trained, data, drawn, {
    ...embedding,
    onProgress: (done) => onProgress?.(ofBaselines + done, total),
  });
  return { ...baselines, trained };
}

/**
 * Evaluates the two baselines with given images.
 *
 * @param images Indices: of the training images that make the centroids, and of
 * the test images that measure the untrained network.
 */
export async function evaluateBaselines(
  untrained: Embed,
  data: { train: Dataset; test: Dataset },
  { centroids, sample }: { centroids: Int32Array; sample: ArrayLike<number> },
  { onProgress, ...embedding }: EmbedOptions,
): Promise<Baselines> {
  const ofPixels = centroids.length + data.test.count;
  const total = ofPixels + centroids.length + sample.length;
  const some = sample.length < data.test.count
    ? selectImages(data.test, sample)
    : data.test;
  const { batchSize } = embedding;
  return {
    rawPixels: await evaluateDrawn(rawPixels, data, centroids, {
      ...(batchSize !== undefined && { batchSize }),
      onProgress: (done) => onProgress?.(done, total),
    }),
    untrained: await evaluateDrawn(
      untrained,
      { ...data, test: some },
      centroids,
      {
        ...embedding,
        onProgress: (done) => onProgress?.(ofPixels + done, total),
      },
    ),
  };
}

import type * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../../digits/dataset.ts";
import type { RunData, RunSeeds } from "../../digits/run_data.ts";
import { selectImages } from "../../digits/select_images.ts";
import { accuracy } from "../../evaluation/classification/accuracy.ts";
import {
  computeCentroids,
  nearestCentroid,
} from "../../evaluation/classification/centroids.ts";
import { embedImages } from "../../evaluation/embeddings/embed_images.ts";
import { rocOfAllPairs } from "../../evaluation/verification/all_pairs.ts";
import { validationAtFar } from "../../evaluation/verification/threshold.ts";
import { networkEmbed } from "../../nn2/embed.ts";
import { createRandom } from "../../numeric/random.ts";
import { embeddingSpreadOf } from "../../training/step/collapse.ts";
import { drawMaterial } from "../measured/material.ts";
import { degradeImages } from "./degrade_images.ts";
import type {
  ExperimentRun,
  ExperimentSettings,
  PointChoice,
} from "./result.ts";

/** A network and how it came about. */
export interface SeriesNetwork {
  /** Its owner disposes it. */
  model: tf.LayersModel;
  settings: ExperimentSettings;
  seed: number;
  seeds: RunSeeds;
  data: RunData;
}

/** Measures a network where its test images are as a point says. */
export type MeasureAtPoint = (point: PointChoice) => Promise<ExperimentRun>;

/**
 * Makes the centroids of a network, and what measures it by them on some test images,
 * drawn by its seed. The images of the centroids are those that `train` draws with
 * this seed; they keep their quality where the test images lose theirs.
 *
 * @throws {RangeError} If the images are too few.
 */
export async function measureNetwork(
  { model, settings, seed, seeds, data }: SeriesNetwork,
): Promise<MeasureAtPoint> {
  const { testImages, centroidImages, far } = settings;
  const sizes = {
    galleryPerClass: centroidImages,
    imagesPerClass: centroidImages,
    sample: testImages,
    projected: testImages,
  };
  const random = createRandom(seeds.centroids);
  const drawn = drawMaterial(data, data.test, sizes, random);
  const embed = networkEmbed(model);
  const sources = await embedImages(embed, data.train, drawn.centroids);
  const labels = drawn.centroids.map((index) => data.train.labels[index]!);
  const centroids = computeCentroids(sources, labels);
  const chosen = selectImages(data.test, drawn.sample);
  const { steps, classesPerBatch, imagesPerClass } = settings;

  return async (point) => {
    const test = degradeImages(chosen, point);
    const embeddings = await embedImages(embed, test, indicesOf(test));
    const nearest = nearestCentroid(embeddings, centroids);
    const roc = rocOfAllPairs({ embeddings, labels: test.labels });
    return {
      seed,
      centroidAccuracy: accuracy(nearest.labels, test.labels),
      validationRate: validationAtFar(roc, far).validationRate,
      far,
      spread: embeddingSpreadOf(embeddings),
      imagesSeen: steps * classesPerBatch * imagesPerClass,
    };
  };
}

const indicesOf = ({ count: length }: Dataset) =>
  Int32Array.from({ length }, (_, i) => i);

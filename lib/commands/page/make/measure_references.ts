import { drawPerClass } from "../../../digits/classes.ts";
import type { Dataset } from "../../../digits/dataset.ts";
import type { Mnist } from "../../../digits/mnist.ts";
import { divideForRun, runSeeds } from "../../../digits/run_data.ts";
import { selectImages } from "../../../digits/select_images.ts";
import { accuracy } from "../../../evaluation/classification/accuracy.ts";
import {
  type Centroids,
  computeCentroids,
  nearestCentroid,
} from "../../../evaluation/classification/centroids.ts";
import { type Pca, pca } from "../../../evaluation/projections/pca.ts";
import type { Embeddings } from "../../../numeric/embeddings.ts";
import { createRandom } from "../../../numeric/random.ts";
import { chooseThresholds, type Thresholds } from "./thresholds.ts";

/** What a network makes of images that drawings are compared with. */
export interface MeasuredReferences {
  references: Dataset;
  /** The embeddings of the references. */
  known: Embeddings;
  centroids: Centroids;
  thresholds: Thresholds;
  /** The share of test images that are read right. */
  accuracy: number;
  /** How many test images there are. */
  tested: number;
  /** The map's axes. */
  map: Pca;
}

/** What is measured. */
export interface ReferenceOptions {
  mnist: Mnist;
  /** That of the run, which draws the references. */
  seed: number;
  /** References and test images of each digit. */
  perDigit: number;
}

/** Measures the references and test images that notebook 10 draws. */
export async function measureReferences(
  embed: (of: Dataset) => Promise<Embeddings>,
  { mnist, seed, perDigit }: ReferenceOptions,
): Promise<MeasuredReferences> {
  const seeds = runSeeds(seed);
  const { train, test } = divideForRun(mnist, seeds, 1);
  const choose = (from: Dataset, own: number) =>
    selectImages(from, drawPerClass(from.labels, perDigit, createRandom(own)));
  const references = choose(train, seeds.centroids);
  const tests = choose(test, 10);
  const known = await embed(references);
  const tested = await embed(tests);
  const centroids = computeCentroids(known, references.labels);
  const { labels } = nearestCentroid(tested, centroids);
  return {
    references,
    known,
    centroids,
    thresholds: await chooseThresholds(embed, centroids, { tests, tested }),
    accuracy: accuracy(labels, tests.labels),
    tested: tests.count,
    map: pca(known),
  };
}

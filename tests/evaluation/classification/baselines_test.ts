import * as tf from "@tensorflow/tfjs";
import {
  evaluateWithBaselines,
  rawPixels,
} from "../../../lib/evaluation/classification/baselines.ts";
import { evaluateCentroids } from "../../../lib/evaluation/classification/evaluate_centroids.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";
import { stripes } from "../embeddings/digits.ts";

await tf.setBackend("cpu");

const data = { train: stripes([0, 1], 12, 1), test: stripes([0, 1], 5, 2) };
const collapsed = (images: tf.Tensor4D) =>
  tf.ones<tf.Rank.R2>([images.shape[0], 1]);

Deno.test("rawPixels() flattens images to unit length and keeps black ones at 0", () => {
  const images = tf.tensor4d([3, 0, 0, 4, 0, 0, 0, 0], [2, 2, 2, 1]);
  const before = tf.memory().numTensors;
  const embeddings = rawPixels(images);
  assertEquals(tf.memory().numTensors, before + 1);
  assertEquals(embeddings.shape, [2, 4]);
  Array.from(embeddings.dataSync()).forEach((value, i) =>
    assertAlmostEquals(value, [0.6, 0, 0, 0.8, 0, 0, 0, 0][i]!)
  );
});

Deno.test("evaluateWithBaselines() tests all three on the same images", async () => {
  const options = { imagesPerClass: 3, batchSize: 4 };
  const seen: number[][] = [];
  const reports = await evaluateWithBaselines(
    { trained: rawPixels, untrained: collapsed },
    data,
    {
      ...options,
      random: createRandom(1),
      onProgress: (done, total) => void seen.push([done, total]),
    },
  );
  const alone = await evaluateCentroids(rawPixels, data, {
    ...options,
    random: createRandom(1),
  });
  assertEquals(reports.trained, alone);
  assertEquals(reports.rawPixels, alone);
  assertEquals(reports.untrained.accuracy, 0.5); // always the smallest class
  assertEquals(seen.at(-1), [48, 48]);
});

Deno.test("evaluateWithBaselines() measures the untrained network on a sample if told", async () => {
  const seen: number[][] = [];
  const { trained, untrained } = await evaluateWithBaselines(
    { trained: rawPixels, untrained: collapsed },
    data,
    {
      imagesPerClass: 3,
      untrainedImages: 4,
      random: createRandom(1),
      onProgress: (done, total) => void seen.push([done, total]),
    },
  );
  assertEquals([trained.testImages, untrained.testImages], [10, 4]);
  assertEquals(seen.at(-1), [42, 42]);
});

Deno.test("evaluateWithBaselines() takes raw pixels of 28×28 for any network", async () => {
  const shapes = new Set<string>();
  const look = (images: tf.Tensor4D) => {
    shapes.add(images.shape.slice(1).join("×"));
    return images.mean<tf.Tensor2D>([1, 2]);
  };
  const reports = await evaluateWithBaselines(
    { trained: look, untrained: look },
    { train: stripes([0, 1], 1, 1), test: stripes([0, 1], 1, 2) },
    { imagesPerClass: 1, random: createRandom(1), inputSize: 224 },
  );
  assertEquals([...shapes], ["224×224×3"]);
  assertEquals(reports.rawPixels.embeddingSize, 784);
});

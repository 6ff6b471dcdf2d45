import * as tf from "@tensorflow/tfjs";
import { imagesToTensor } from "../../../lib/digits/images.ts";
import { drawPerClass } from "../../../lib/digits/classes.ts";
import { rawPixels } from "../../../lib/evaluation/classification/baselines.ts";
import { evaluateCentroids } from "../../../lib/evaluation/classification/evaluate_centroids.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { stripes } from "../embeddings/digits.ts";

await tf.setBackend("cpu");

const train = stripes([2, 5, 7], 20, 1);
const test = stripes([2, 5, 7], 8, 2);
/** Where the columns are bright says nothing about a stripe's row. */
const columnMeans = (images: tf.Tensor4D): tf.Tensor2D => {
  const means = images.mean<tf.Tensor2D>([1, 3]);
  return means.div(means.norm("euclidean", 1, true));
};

Deno.test("evaluateCentroids() equals the evaluation written out", async () => {
  const report = await evaluateCentroids(columnMeans, { train, test }, {
    imagesPerClass: 4,
    random: createRandom(3),
    batchSize: 5,
  });

  const drawn = drawPerClass(train.labels, 4, createRandom(3));
  const sources = columnMeans(imagesToTensor(train, drawn)).arraySync();
  const centroids = [0, 1, 2].map((row) => {
    const members = sources.slice(row * 4, row * 4 + 4);
    const mean = members[0]!.map((_, j) =>
      members.reduce((sum, member) => sum + member[j]!, 0)
    );
    return mean.map((value) => value / Math.hypot(...mean));
  });
  const everyTest = Array.from({ length: test.count }, (_, i) => i);
  const tested = columnMeans(imagesToTensor(test, everyTest)).arraySync();
  const predicted = tested.map((row) => {
    const distances = centroids.map((centroid) =>
      centroid.reduce((sum, value, j) => sum + (value - row[j]!) ** 2, 0)
    );
    return [2, 5, 7][distances.indexOf(Math.min(...distances))]!;
  });
  const right = predicted.filter((label, i) => label === test.labels[i]);

  assertEquals([...report.predictions], predicted);
  assertEquals(report.accuracy, right.length / test.count);
  assert(report.accuracy < 0.9); // a hard case, so the comparison means something
  assertEquals(report.testImages, 24);
  assertEquals(report.imagesPerClass, 4);
  assertEquals(report.embeddingSize, 28);
  assertEquals(report.classes, Int32Array.of(2, 5, 7));
  const diagonal = report.confusion.map((row, i) => row[i]!);
  assertEquals(diagonal.reduce((a, b) => a + b), right.length);
});

Deno.test("evaluateCentroids() follows its seed and leaves no tensor", async () => {
  const before = tf.memory().numTensors;
  const evaluate = (seed: number) =>
    evaluateCentroids(rawPixels, { train, test }, {
      imagesPerClass: 2,
      random: createRandom(seed),
    });
  const report = await evaluate(1);
  assertEquals(await evaluate(1), report);
  assert((await evaluate(2)).distances[0] !== report.distances[0]);
  assertEquals(report.accuracy, 1);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("evaluateCentroids() reports progress up to the last image", async () => {
  const seen: (readonly [number, number])[] = [];
  await evaluateCentroids(rawPixels, { train, test }, {
    imagesPerClass: 2,
    random: createRandom(1),
    batchSize: 20,
    onProgress: (done, total) => void seen.push([done, total]),
  });
  assertEquals(seen, [[6, 30], [26, 30], [30, 30]]);
});

Deno.test("evaluateCentroids() refuses data it cannot evaluate, without a leak", async () => {
  const before = tf.memory().numTensors;
  const random = createRandom(1);
  await assertRejects(
    () => evaluateCentroids(rawPixels, { train, test }, { random }),
    RangeError,
    "class 2, got 20",
  );
  await assertRejects(
    () =>
      evaluateCentroids(
        rawPixels,
        { train, test: stripes([5, 6], 3, 1) },
        { random, imagesPerClass: 2 },
      ),
    RangeError,
    "expected labels among the classes 2, 5, 7, got 6",
  );
  await assertRejects(
    () =>
      evaluateCentroids(
        (images) => tf.fill([images.shape[0], 3], NaN),
        { train, test },
        { random, imagesPerClass: 2 },
      ),
    RangeError,
    "got NaN in row 0",
  );
  assertEquals(tf.memory().numTensors, before);
});

import * as tf from "@tensorflow/tfjs";
import { rocOfAllPairs } from "../../lib/evaluation/verification/all_pairs.ts";
import { nearestCentroid } from "../../lib/evaluation/classification/centroids.ts";
import { findNeighbours } from "../../lib/evaluation/retrieval/neighbours.ts";
import { samplePairs } from "../../lib/evaluation/verification/sample_pairs.ts";
import { createRandom } from "../../lib/numeric/random.ts";
import { cosineDistances } from "../../lib/triplets/distances/cosine_distances.ts";
import { readEmbeddings } from "../../lib/numeric/embeddings.ts";
import { distanceBlocksBy } from "../../lib/triplets/distances/metric.ts";
import { assert, assertEquals } from "../assert.ts";

await tf.setBackend("cpu");

/** Unit vectors in float32, each before its opposite. */
function opposites(count: number, size: number): number[][] {
  const random = createRandom(7);
  return Array.from({ length: count }, () => {
    const row = Array.from({ length: size }, () => random.normal());
    const length = Math.hypot(...row);
    return row.map((x) => x / length);
  }).flatMap((row) => [row, row.map((x) => -x)]);
}

// Of few dimensions, where rounding does not even out: about 1 in 50 such pairs
// would be 4.0000005 apart.
const rows = opposites(200, 3);
const embeddings = tf.tensor2d(rows);
const labels = rows.map((_, i) => i % 2);

Deno.test("squared distances of unit vectors are never above 4", () => {
  for (let i = 0; i < rows.length; i += 2) {
    const vectors = tf.tensor2d([rows[i]!]);
    const centroids = { classes: Int32Array.of(3), vectors };
    const { distances } = nearestCentroid(embeddings, centroids);
    assert(distances.every((distance) => distance <= 4));
    assert(distances[i + 1]! > 4 - 1e-6);
  }
  const { distances } = findNeighbours(embeddings, { k: rows.length - 1 });
  assert(distances.every((distance) => distance <= 4));
  const random = createRandom(1);
  const options = { positives: 10, negatives: 50_000, random };
  const { negative } = samplePairs({ embeddings, labels }, options);
  assert(negative.every((distance) => distance <= 4));
  const { thresholds } = rocOfAllPairs({ embeddings, labels });
  assert(thresholds.at(-1)! <= 4);
});

Deno.test("squared distances of other vectors may be above 4", () => {
  const longer = tf.mul(embeddings, 2) as tf.Tensor2D;
  const { distances } = findNeighbours(longer, { k: rows.length - 1 });
  assert(distances.some((distance) => distance > 15));
});

Deno.test("cosine distances are never above 2, whole or in blocks, and NaN stays NaN", () => {
  const any = tf.tensor2d(rows.map((row, i) => row.map((x) => x * (1 + i))));
  const whole = cosineDistances(any).dataSync<"float32">();
  assert(whole.every((distance) => distance <= 2));
  assert(whole.some((distance) => distance === 2));
  const points = readEmbeddings(any);
  for (const { distances } of distanceBlocksBy("cosine", "look", points)) {
    assert(distances.every((distance) => distance <= 2));
  }
  const odd = cosineDistances(tf.tensor2d([[NaN, 1], [1, 0]])).dataSync();
  assertEquals(odd[1], NaN);
});

import * as tf from "@tensorflow/tfjs";
import { accuracy } from "../../../lib/evaluation/classification/accuracy.ts";
import {
  computeCentroids,
  nearestCentroid,
} from "../../../lib/evaluation/classification/centroids.ts";
import { selectRows } from "../../../lib/numeric/embeddings.ts";
import { assert, assertEquals } from "../../assert.ts";
import { madeUpMaterial } from "../measured/made_up.ts";
import { sections } from "./sections.ts";

Deno.test("centroidSection() takes the first images of each class in the gallery", async () => {
  await tf.setBackend("cpu");
  const material = madeUpMaterial({ noise: 0.5 });
  const { gallery, test } = material;
  const { json, drawings } = await sections.centroidAccuracy!(material, 1);
  const rows = Array.from(gallery.labels, (_, i) => i)
    .filter((i) => i % 12 < 8);
  const centroids = computeCentroids(
    selectRows(gallery.embeddings, rows),
    rows.map((row) => gallery.labels[row]!),
  );
  const { labels } = nearestCentroid(test.embeddings, centroids);
  const share = accuracy(labels, test.labels);
  assert(share > 0.5 && share < 1);
  assertEquals(json.centroidAccuracy, share);
  assertEquals([json.testImages, json.imagesPerClass], [120, 8]);
  assertEquals(json.baselines, { untrained: 0.5, rawPixels: 0.75 });
  assertEquals(json.confusion!.flat().reduce((a, b) => a + b), 120);
  const [low, high] = json.centroidInterval!;
  assert(low < share && share < high);
  assertEquals(
    json.centroidCurve!.map(({ imagesPerClass }) => imagesPerClass),
    [1, 2, 5, 10],
  );
  assert(json.centroidCurve!.every(({ mean }) => mean > 0.5));
  // The last drawing is of the mistakes.
  assertEquals(drawings.length, 3);
});

Deno.test("centroidSection() draws no mistakes where there are none", async () => {
  await tf.setBackend("cpu");
  const material = madeUpMaterial({ noise: 0 });
  const { json, drawings } = await sections.centroidAccuracy!(material, 1);
  assertEquals([json.centroidAccuracy, drawings.length], [1, 2]);
});

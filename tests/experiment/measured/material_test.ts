import * as tf from "@tensorflow/tfjs";
import {
  drawMaterial,
  embedMaterial,
} from "../../../lib/experiment/measured/material.ts";
import { knownData } from "../../../lib/experiment/measured/known.ts";
import type { Dataset } from "../../../lib/digits/dataset.ts";
import { drawPerClass } from "../../../lib/digits/classes.ts";
import {
  evaluateBaselines,
  evaluateWithBaselines,
  rawPixels,
} from "../../../lib/evaluation/classification/baselines.ts";
import { selectLabelled } from "../../../lib/evaluation/embeddings/labelled.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import {
  assert,
  assertEquals,
  assertRejects,
  assertThrows,
} from "../../assert.ts";
import { stripes } from "../../evaluation/embeddings/digits.ts";

const data = {
  train: stripes([3, 5, 8], 12, 1),
  validation: stripes([3, 5, 8], 4, 2),
  test: stripes([3, 5, 8], 10, 3),
};
const sizes = {
  galleryPerClass: 6,
  imagesPerClass: 4,
  sample: 9,
  projected: 9,
};

/** The mean of each row of pixels: enough to tell stripes. */
const rowMeans = (images: tf.Tensor4D) => rawPixels(images.mean([2], true));

Deno.test("drawMaterial() draws what evaluateWithBaselines draws", async () => {
  await tf.setBackend("cpu");
  const drawn = drawMaterial(data, data.test, sizes, createRandom(4));
  assertEquals(
    [drawn.gallery.length, drawn.centroids.length, drawn.sample.length],
    [18, 12, 9],
  );
  assert(drawn.centroids.every((image) => drawn.gallery.includes(image)));
  assertEquals(
    drawn.centroids,
    drawPerClass(data.train.labels, 4, createRandom(4)),
  );

  // Of a bad network the accuracy tells which images it was given.
  const bad = (images: tf.Tensor4D) =>
    tf.tidy(() => {
      const angle = images.mean([1, 2]).as2D(-1, 1).mul(500);
      return tf.concat([angle.cos(), angle.sin()], 1) as tf.Tensor2D;
    });
  const expected = await evaluateWithBaselines(
    { trained: rowMeans, untrained: bad },
    data,
    { imagesPerClass: 4, untrainedImages: 9, random: createRandom(4) },
  );
  const { trained: _, ...baselines } = expected;
  assertEquals(await evaluateBaselines(bad, data, drawn, {}), baselines);
});

Deno.test("drawMaterial() draws centroids of known digits, and a sample of all", () => {
  const known = knownData(data, [5]);
  const how = { ...sizes, sample: 30 };
  const drawn = drawMaterial(known, data.test, how, createRandom(4));
  assertEquals(
    drawn.gallery,
    drawMaterial(known, known.test, how, createRandom(4)).gallery,
  );
  const digitsOf = (indices: Int32Array, { labels }: Dataset) =>
    [...new Set(Array.from(indices, (index) => labels[index]!))].toSorted();
  assertEquals(digitsOf(drawn.gallery, known.train), [3, 8]);
  assertEquals([drawn.ofKnown.length, drawn.sample.length], [20, 30]);
  assertEquals(digitsOf(drawn.ofKnown, known.test), [3, 8]);
  assertEquals(digitsOf(drawn.sample, data.test), [3, 5, 8]);
  assertEquals(known.validation, data.validation);
});

Deno.test("drawMaterial() refuses more images than there are", () => {
  assertThrows(
    () =>
      drawMaterial(
        data,
        data.test,
        { ...sizes, galleryPerClass: 13 },
        createRandom(1),
      ),
    RangeError,
    "expected at least 13 images of class 3, got 12",
  );
});

Deno.test("embedMaterial() embeds every image once and says how far it is", async () => {
  await tf.setBackend("cpu");
  const drawn = drawMaterial(data, data.test, sizes, createRandom(4));
  const held = tf.memory().numTensors;
  const heard: number[][] = [];
  let embedded = 0;
  const material = await embedMaterial(
    (images) => {
      embedded += images.shape[0];
      return rowMeans(images);
    },
    data,
    drawn,
    { batchSize: 7, onProgress: (...progress) => void heard.push(progress) },
  );
  assertEquals(embedded, 18 + 12 + 30);
  assertEquals(heard.at(-1), [60, 60]);
  assert(heard.every(([done], i) => i === 0 || done! > heard[i - 1]![0]!));
  assertEquals(material.test.labels, Int32Array.from(data.test.labels));
  assertEquals(
    material.gallery.labels,
    drawn.gallery.map((image) => data.train.labels[image]!),
  );
  const some = selectLabelled(material.test, [4, 2]);
  assertEquals([some.embeddings.count, some.embeddings.size], [2, 28]);
  assertEquals(
    [...some.labels],
    [data.test.labels[4], data.test.labels[2]],
  );
  assertEquals(tf.memory().numTensors, held);
});

Deno.test("embedMaterial() leaves no tensor when it fails", async () => {
  await tf.setBackend("cpu");
  const drawn = drawMaterial(data, data.test, sizes, createRandom(4));
  const held = tf.memory().numTensors;
  const failing = (images: tf.Tensor4D) => {
    if (images.shape[0] === 30) throw new RangeError("too many");
    return rowMeans(images);
  };
  await assertRejects(
    () => embedMaterial(failing, data, drawn),
    RangeError,
    "too many",
  );
  assertEquals(tf.memory().numTensors, held);
});

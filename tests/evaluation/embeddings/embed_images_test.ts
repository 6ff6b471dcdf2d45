import * as tf from "@tensorflow/tfjs";
import { imagesToTensor } from "../../../lib/digits/images.ts";
import {
  type Embed,
  embedImages,
  type EmbedOptions,
} from "../../../lib/evaluation/embeddings/embed_images.ts";
import { assertEquals, assertRejects } from "../../assert.ts";
import { stripes } from "./digits.ts";
import { toRows } from "./rows.ts";

await tf.setBackend("cpu");

const dataset = stripes([0, 1, 2], 4, 1);
const rowMeans = (images: tf.Tensor4D): tf.Tensor2D => images.mean([2, 3]);

Deno.test("embedImages() gives the same rows for every batch size", async () => {
  const indices = [11, 3, 3, 0, 7];
  const whole = rowMeans(imagesToTensor(dataset, indices)).arraySync();
  for (const batchSize of [1, 2, 5, 250]) {
    const embeddings = await embedImages(rowMeans, dataset, indices, {
      batchSize,
    });
    assertEquals(toRows(embeddings), whole);
  }
});

Deno.test("embedImages() leaves no tensor, whatever embed() leaves behind", async () => {
  const before = tf.memory().numTensors;
  await embedImages(
    (images) => images.square().add(1).mean([2, 3]),
    dataset,
    [0, 1, 2],
    { batchSize: 2 },
  );
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("embedImages() gives embed() the images that the options ask for", async () => {
  const shapes: number[][] = [];
  const embeddings = await embedImages(
    (images) => {
      shapes.push(images.shape);
      return images.mean([1, 2]);
    },
    dataset,
    [0],
    { inputSize: 224, binarize: true },
  );
  assertEquals(shapes, [[1, 224, 224, 3]]);
  assertEquals([embeddings.count, embeddings.size], [1, 3]);
});

Deno.test("embedImages() reports its progress and waits for the listener", async () => {
  const seen: [number, number][] = [];
  await embedImages(rowMeans, dataset, [0, 1, 2, 3, 4], {
    batchSize: 2,
    onProgress: async (done, total) => {
      await Promise.resolve();
      seen.push([done, total]);
    },
  });
  assertEquals(seen, [[2, 5], [4, 5], [5, 5]]);
});

Deno.test("embedImages() keeps what a promise was made of until it is fulfilled", async () => {
  const before = tf.memory().numTensors;
  const embeddings = await embedImages(
    // deno-lint-ignore require-await
    async (images) => rowMeans(images.neg()).neg(),
    dataset,
    [0, 1, 2],
    { batchSize: 2 },
  );
  const expected = tf.tidy(() =>
    rowMeans(imagesToTensor(dataset, [0, 1, 2])).arraySync()
  );
  assertEquals(toRows(embeddings), expected);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("embedImages() begins no batch after one that failed", async () => {
  const before = tf.memory().numTensors;
  let begun = 0;
  const embed = (images: tf.Tensor4D) => {
    if (++begun === 2) return Promise.reject(new RangeError("no room"));
    return tf.tidy(() => rowMeans(images));
  };
  await assertRejects(
    () => embedImages(embed, dataset, [0, 1, 2, 3], { batchSize: 1 }),
    RangeError,
    "no room",
  );
  assertEquals(begun, 2);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("embedImages() refuses bad arguments and bad embeddings without a leak", async () => {
  const before = tf.memory().numTensors;
  const cases: [Embed, number[], EmbedOptions, string][] = [
    [rowMeans, [], {}, "expected indices, got none"],
    [rowMeans, [12], {}, "got 12"],
    [
      rowMeans,
      [0],
      { batchSize: 0 },
      "batchSize to be a whole number of 1 or more, got 0",
    ],
    [
      (images) => images.mean([3]) as unknown as tf.Tensor2D,
      [0],
      {},
      "expected embeddings of shape [1, size], got a tensor of shape [1, 28, 28]",
    ],
    [
      (images) => rowMeans(images).slice([0, 0], [1, 28]),
      [0, 1],
      {},
      "expected embeddings of shape [2, size], got a tensor of shape [1, 28]",
    ],
  ];
  for (const [embed, indices, options, message] of cases) {
    await assertRejects(
      () => embedImages(embed, dataset, indices, options),
      RangeError,
      message,
    );
  }
  assertEquals(tf.memory().numTensors, before);
});

import * as tf from "@tensorflow/tfjs";
import { drawPerClass } from "../../../lib/digits/classes.ts";
import { centroidAccuracyOverDraws } from "../../../lib/evaluation/classification/centroid_draws.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import golden from "../../fixtures/measures.json" with { type: "json" };
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { unusable } from "../embeddings/labelled.ts";

await tf.setBackend("cpu");

const { embeddings, labels } = golden.gallery;
const train = { embeddings: tf.tensor2d(embeddings), labels };

Deno.test("centroidAccuracyOverDraws() equals the draws written out", () => {
  const before = tf.memory().numTensors;
  const result = centroidAccuracyOverDraws(train, train, {
    imagesPerClass: 3,
    draws: 5,
    random: createRandom(4),
  });
  assertEquals(tf.memory().numTensors, before);

  const random = createRandom(4);
  const accuracies = Array.from({ length: 5 }, () => {
    const drawn = [...drawPerClass(labels, 3, random)];
    const centroids = [0, 3, 6, 9].map((start) => {
      const rows = drawn.slice(start, start + 3).map((i) => embeddings[i]!);
      const sum = rows[0]!.map((_, j) =>
        rows.reduce((total, row) => total + row[j]!, 0)
      );
      return sum.map((value) => value / Math.hypot(...sum));
    });
    const right = embeddings.filter((row, i) => {
      const distances = centroids.map((centroid) =>
        Math.hypot(...centroid.map((value, j) => value - row[j]!))
      );
      return labels[i] ===
        [1, 2, 5, 9][distances.indexOf(Math.min(...distances))];
    });
    return right.length / labels.length;
  });
  assertEquals(result.accuracies, accuracies);
  assert(new Set(accuracies).size > 1);
  const mean = accuracies.reduce((a, b) => a + b) / 5;
  const squares = accuracies.map((value) => (value - mean) ** 2);
  assertAlmostEquals(result.mean, mean, 1e-12);
  assertAlmostEquals(
    result.standardError,
    Math.sqrt(squares.reduce((a, b) => a + b) / 4 / 5),
    1e-12,
  );
});

Deno.test("centroidAccuracyOverDraws() does not vary where all images are drawn", () => {
  const images = { embeddings: tf.eye(4), labels: [0, 0, 1, 1] };
  assertEquals(
    centroidAccuracyOverDraws(images, images, {
      imagesPerClass: 2,
      draws: 3,
      random: createRandom(1),
    }),
    { mean: 1, standardError: 0, accuracies: [1, 1, 1] },
  );
});

Deno.test("centroidAccuracyOverDraws() refuses bad input and says what came", () => {
  const random = createRandom(1);
  const refuses = (message: string, test = train, options = {}) =>
    assertThrows(
      () => centroidAccuracyOverDraws(train, test, { random, ...options }),
      RangeError,
      message,
    );
  refuses(
    "expected draws to be a whole number from 2 to 1000000, got 1",
    train,
    {
      draws: 1,
    },
  );
  refuses("at least 100 images of class 1", train);
  refuses("expected labels among the classes 1, 2, 5, 9, got 7", {
    embeddings: tf.ones([1, 6]),
    labels: [7],
  });
  for (const [embeddings, labels, message] of unusable()) {
    refuses(message, { embeddings, labels });
  }
});

import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { countTriplets } from "../../../lib/triplets/batch/triplet_counts.ts";
import { squaredDistances } from "../../../lib/triplets/distances/distances.ts";
import { assertEquals, assertThrows } from "../../assert.ts";
import { batches, line, margins } from "../batches.ts";
import { golden } from "../golden/golden.ts";
import * as oracle from "../oracle.ts";

Deno.test("countTriplets() counts ties as hard and the band's far end as semi-hard", () => {
  const distances = oracle.matrix(9, (a, b) => Math.abs(a - b));
  const count = (margin: number) =>
    countTriplets(distances, line.labels, margin);
  assertEquals(count(1), { hard: 57, semiHard: 16, easy: 43 });
  assertEquals(count(0.999), { hard: 57, semiHard: 0, easy: 59 });
});

Deno.test("countTriplets() equals PyTorch's", async () => {
  await tf.setBackend("cpu");
  const { embeddings, labels, size, margin } = golden;
  const distances = squaredDistances(
    tf.tensor2d(embeddings, [labels.length, size]),
  );
  assertEquals(countTriplets(distances, labels, margin), golden.counts);
  distances.dispose();
});

Deno.test("countTriplets() equals a count of all triplets", () => {
  fc.assert(fc.property(batches, margins, ({ rows, labels }, margin) => {
    const distance = oracle.squared(rows);
    const distances = oracle.matrix(rows.length, distance);
    assertEquals(
      countTriplets(distances, labels, margin),
      oracle.count(distance, labels, margin),
    );
  }));
});

Deno.test("countTriplets() of one class, or of no class twice, is zeros", () => {
  const none = { hard: 0, semiHard: 0, easy: 0 };
  assertEquals(countTriplets(new Float32Array(9), [4, 4, 4], 1), none);
  assertEquals(countTriplets(new Float32Array(9), [1, 2, 3], 1), none);
  assertEquals(countTriplets(new Float32Array(0), [], 1), none);
});

Deno.test("countTriplets() refuses a bad margin and bad distances", () => {
  const two = new Float32Array(4);
  assertThrows(() => countTriplets(two, [0, 1], -1), RangeError, "got -1");
  assertThrows(() => countTriplets(two, [0, 1], NaN), RangeError, "got NaN");
  assertThrows(() => countTriplets(two, [0, 1, 1], 1), RangeError, "3 × 3");
});

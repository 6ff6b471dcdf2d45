import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import {
  findNeighbours,
  type Neighbours,
} from "../../../lib/evaluation/retrieval/neighbours.ts";
import { voteOfNeighbours } from "../../../lib/evaluation/retrieval/vote.ts";
import golden from "../../fixtures/measures.json" with { type: "json" };
import { assertEquals, assertThrows } from "../../assert.ts";

await tf.setBackend("cpu");

Deno.test("voteOfNeighbours() equals scikit-learn's KNeighborsClassifier for every k of one search", () => {
  const { embeddings, labels } = golden.gallery;
  const found = findNeighbours(tf.tensor2d(golden.queries.embeddings), {
    k: 7,
    gallery: tf.tensor2d(embeddings),
  });
  for (const [k, expected] of Object.entries(golden.neighbours.votes)) {
    assertEquals(
      [...voteOfNeighbours(found, labels, Number(k)).labels],
      expected,
    );
  }
});

Deno.test("voteOfNeighbours() takes the most frequent class, of equal ones the nearest", () => {
  const labels = [0, 0, 1, 1, 2, 2, 3];
  const rankings = fc.array(
    fc.shuffledSubarray([...labels.keys()], { minLength: 5, maxLength: 5 }),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(fc.property(rankings, fc.integer({ min: 1, max: 5 }), (rows, k) => {
    const found: Neighbours = {
      k: 5,
      galleryCount: labels.length,
      indices: Int32Array.from(rows.flat()),
      distances: new Float32Array(5 * rows.length),
    };
    const votes = voteOfNeighbours(found, labels, k);
    rows.forEach((row, query) => {
      const voters = row.slice(0, k).map((index) => labels[index]!);
      const count = (label: number) =>
        voters.filter((voter) => voter === label).length;
      const most = Math.max(...voters.map(count));
      assertEquals(
        votes.labels[query],
        voters.find((label) => count(label) === most),
      );
      assertEquals(votes.shares[query], Math.fround(most / k));
    });
  }));
});

Deno.test("voteOfNeighbours() refuses bad input and says what came", () => {
  const found = findNeighbours(tf.eye(3), { k: 2 });
  const refuses = (message: string, labels: number[], k?: number) =>
    assertThrows(() => voteOfNeighbours(found, labels, k), RangeError, message);
  refuses("expected 3 labels, got 2", [1, 2]);
  refuses("expected 3 labels, got 4", [1, 2, 3, 4]);
  refuses("got NaN at 1", [1, NaN, 2]);
  refuses("expected at least two classes, got class 7 alone", [7, 7, 7]);
  refuses(
    "expected k to be a whole number from 1 to 2, the neighbours found, got 3",
    [1, 2, 3],
    3,
  );
});

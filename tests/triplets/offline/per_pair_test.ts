import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { createRandom } from "../../../lib/numeric/random.ts";
import { drawTripletPerPair } from "../../../lib/triplets/offline/per_pair.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { batches, margins } from "../batches.ts";
import * as oracle from "../oracle.ts";

for (const measuredFrom of ["anchor", "positive"] as const) {
  Deno.test(`drawTripletPerPair() takes each pair once, its negative in the band from the ${measuredFrom}`, () => {
    fc.assert(fc.property(batches, margins, ({ rows, labels }, margin) => {
      const distance = oracle.squared(rows);
      const isInBand = ([a, p, n]: oracle.Triple) => {
        const toNegative = distance(measuredFrom === "anchor" ? a : p, n);
        return toNegative > distance(a, p) &&
          toNegative <= distance(a, p) + margin;
      };
      const pairOf = ([a, p]: oracle.Triple) => `${a},${p}`;
      const drawn = oracle.toTriples(drawTripletPerPair(
        oracle.matrix(rows.length, distance),
        labels,
        { margin, random: createRandom(1), measuredFrom },
      ));
      assert(drawn.every(isInBand));
      const banded = oracle.allTriples(labels).filter(isInBand);
      assertEquals(drawn.map(pairOf), [...new Set(banded.map(pairOf))]);
    }));
  });
}

Deno.test("drawTripletPerPair() draws evenly, and the same for one seed", () => {
  const distances = new Float32Array(36).fill(2);
  distances[1] = distances[6] = 1;
  const labels = [0, 0, 1, 2, 3, 4];
  const counts = new Map<number, number>();
  const random = createRandom(4);
  for (let i = 0; i < 500; i++) {
    const { negatives } = drawTripletPerPair(distances, labels, {
      margin: 1,
      random,
    });
    for (const n of negatives) counts.set(n, (counts.get(n) ?? 0) + 1);
  }
  assertEquals([...counts.keys()].sort(), [2, 3, 4, 5]);
  for (const count of counts.values()) assert(count > 200 && count < 300);

  const once = () =>
    drawTripletPerPair(distances, labels, {
      margin: 1,
      random: createRandom(9),
    });
  assertEquals(once(), once());
});

Deno.test("drawTripletPerPair() refuses bad input", async () => {
  await tf.setBackend("cpu");
  const refuses = (message: string, distances: Float32Array, margin: number) =>
    assertThrows(
      () =>
        drawTripletPerPair(distances, [0, 1], {
          margin,
          random: createRandom(1),
        }),
      RangeError,
      message,
    );
  refuses("got -1", new Float32Array(4), -1);
  refuses("got NaN", new Float32Array(4), NaN);
  refuses("got 9", new Float32Array(9), 1);
  refuses("finite distances, got NaN", new Float32Array(4).fill(NaN), 1);
});

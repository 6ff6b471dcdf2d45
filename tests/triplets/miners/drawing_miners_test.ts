import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { createRandom, shuffle } from "../../../lib/numeric/random.ts";
import { cosineDistances } from "../../../lib/triplets/distances/cosine_distances.ts";
import { mineTriplets } from "../../../lib/triplets/miners/mine.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { batches, margins } from "../batches.ts";
import { golden } from "../golden/golden.ts";
import * as oracle from "../oracle.ts";
import { type DrawingMiner, drawingMiners } from "../miners.ts";

/** Distances of no kind in particular, none above 2. */
function anyDistances(seed: number, count: number) {
  const random = createRandom(seed);
  const distance = Array.from(
    { length: count ** 2 },
    () => random.integer(9) / 4,
  );
  return (a: number, b: number) =>
    distance[Math.min(a, b) * count + Math.max(a, b)]!;
}

for (const miner of drawingMiners) {
  Deno.test(`mineTriplets() by ${miner} takes each pair that it can, and a negative that it may`, () => {
    fc.assert(fc.property(
      batches,
      margins,
      fc.integer(),
      ({ labels }, margin, seed) => {
        const distance = anyDistances(seed, labels.length);
        const expected = oracle.choices(miner, distance, labels, margin);
        const drawn = oracle.toTriples(mineTriplets(
          miner,
          oracle.matrix(labels.length, distance),
          labels,
          { margin, random: createRandom(seed), embeddingSize: 3 },
        ));
        assertEquals(
          drawn.map(([a, p]) => [a, p]),
          expected.map(([a, p]) => [a, p]),
        );
        drawn.forEach(([, , n], i) => assert(expected[i]![2].includes(n)));
      },
    ));
  });

  Deno.test(`mineTriplets() by ${miner} can choose of a permuted batch what it can of the batch`, () => {
    fc.assert(fc.property(batches, fc.integer(), ({ labels }, seed) => {
      const distance = anyDistances(seed, labels.length);
      const order = shuffle([...labels.keys()], createRandom(seed));
      const { counts, ...mined } = mineTriplets(
        miner,
        oracle.matrix(labels.length, (a, b) => distance(order[a]!, order[b]!)),
        order.map((i) => labels[i]!),
        { margin: 0.5, random: createRandom(seed), embeddingSize: 3 },
      );
      assertEquals(counts, oracle.count(distance, labels, 0.5));
      // Whose anchor is the image that comes first sees it in the new order.
      const first = (a: number, p: number) =>
        order.indexOf(a) < order.indexOf(p);
      const expected = oracle.choices(miner, distance, labels, 0.5, first);
      const drawn = new Map(
        oracle.toTriples(mined).map((triple) => {
          const [a, p, n] = triple.map((i) => order[i]!) as oracle.Triple;
          return [`${a},${p}`, n];
        }),
      );
      assertEquals(drawn.size, expected.length);
      for (const [a, p, negatives] of expected) {
        assert(negatives.includes(drawn.get(`${a},${p}`)!));
      }
    }));
  });

  Deno.test(`mineTriplets() by ${miner} gives one seed the same, and another other triplets`, () => {
    const labels = Array.from({ length: 30 }, (_, i) => i % 3);
    const distances = oracle.matrix(30, anyDistances(1, 30));
    const mine = (seed: number) =>
      mineTriplets(miner, distances, labels, {
        margin: 1,
        random: createRandom(seed),
        embeddingSize: 3,
      });
    assertEquals(mine(7), mine(7));
    assert(`${mine(7).negatives}` !== `${mine(8).negatives}`);
  });
}

Deno.test("mineTriplets() draws evenly from all that siamese-triplet and the original may", () => {
  // Images 0 and 2 are a pair at distance 1; the strangers' from both of them:
  const strangers = [NaN, 0.5, NaN, 1.5, 1.75, 2, 3, 4];
  const labels = [0, 1, 0, 2, 3, 4, 5, 6];
  const distances = oracle.matrix(labels.length, (a, b) => {
    if (labels[a] === labels[b]) return a === b ? 0 : 1;
    return strangers[labels[a] === 0 ? b : a]!;
  });
  const random = createRandom(1);
  const draw = (miner: DrawingMiner) => {
    const counts = new Map<number, number>();
    for (let i = 0; i < 1000; i++) {
      const { anchors, negatives } = mineTriplets(miner, distances, labels, {
        margin: 2,
        random,
      });
      assertEquals(anchors[0], 0);
      counts.set(negatives[0]!, (counts.get(negatives[0]!) ?? 0) + 1);
    }
    for (const count of counts.values()) {
      assertAlmostEquals(count, 1000 / counts.size, 90); // six deviations
    }
    return [...counts.keys()].sort();
  };
  assertEquals(draw("semi-hard-siamese-triplet"), [3, 4, 5]);
  assertEquals(draw("semi-hard-facenet-on-mnist"), [3, 4, 5, 6, 7]);
});

Deno.test("mineTriplets() by distance-weighted draws with pytorch-metric-learning's chances", async () => {
  await tf.setBackend("cpu");
  const { embeddings, labels, size, distanceWeights } = golden;
  const n = labels.length;
  const tensor = tf.tensor2d(embeddings, [n, size]);
  const distances = cosineDistances(tensor);
  const values = distances.dataSync<"float32">();
  tf.dispose([tensor, distances]);
  const random = createRandom(2);
  const counts = distanceWeights.map(() => new Float64Array(n));
  const drawn = new Float64Array(n);
  for (let i = 0; i < 2000; i++) {
    const { anchors, negatives } = mineTriplets(
      "distance-weighted",
      values,
      labels,
      { margin: 0.2, random, metric: "cosine", embeddingSize: size },
    );
    anchors.forEach((anchor, i) => {
      drawn[anchor]!++;
      if (counts[anchor]) counts[anchor][negatives[i]!]!++;
    });
  }
  let seen = 0;
  distanceWeights.forEach((weights, anchor) =>
    weights.forEach((weight, image) => {
      if (drawn[anchor] === 0) return; // of a class without a positive
      const share = counts[anchor]![image]! / drawn[anchor]!;
      const deviation = Math.sqrt(weight * (1 - weight) / drawn[anchor]!);
      assertAlmostEquals(share, weight, 5 * deviation + 1e-12);
      if (share > 0) seen++;
    })
  );
  assert(seen > 20, `expected many different negatives, got ${seen}`);
});

/** With which share anchors 0 and 1 draw each image by distance-weighted. */
function shares(squaredDistance: number[], embeddingSize: number) {
  const n = squaredDistance.length;
  const distances = oracle.matrix(
    n,
    (a, b) => a === b ? 0 : squaredDistance[Math.max(a, b)]!,
  );
  const labels = squaredDistance.map((_, i) => Math.max(0, i - 1));
  const random = createRandom(1);
  const counts = new Float64Array(n);
  for (let i = 0; i < 1000; i++) {
    const { negatives } = mineTriplets("distance-weighted", distances, labels, {
      margin: 1,
      random,
      embeddingSize,
    });
    negatives.forEach((negative) => counts[negative]!++);
  }
  return [...counts].map((count) => count / 2000);
}

Deno.test("mineTriplets() by distance-weighted draws evenly where all are far", () => {
  const [own, other, ...rest] = shares([0, 0, 3, 2, 2.5], 128);
  assertEquals([own, other], [0, 0]);
  for (const share of rest) assertAlmostEquals(share, 1 / 3, 0.06);
});

Deno.test("mineTriplets() by distance-weighted draws nearer ones than 0.5 as if they were there", () => {
  // On the sphere in space the density is d: chances of 1 / 0.5 and 1 / 1.
  const rest = shares([0, 0, 0.01, 0.2, 1, 1.97], 3).slice(2);
  const expected = [0.4, 0.4, 0.2, 0];
  rest.forEach((share, i) => assertAlmostEquals(share, expected[i]!, 0.06));
});

Deno.test("mineTriplets() by distance-weighted draws in thousands of dimensions", () => {
  // There the density falls so fast that the nearest are always drawn.
  const rest = shares([0, 0, 0.01, 0.25, 0.4, 1], 4096).slice(2);
  const expected = [0.5, 0.5, 0, 0];
  rest.forEach((share, i) => assertAlmostEquals(share, expected[i]!, 0.06));
});

Deno.test("mineTriplets() by distance-weighted refuses embeddings that are not of length 1", () => {
  const distances = oracle.matrix(3, (a, b) => a === b ? 0 : 4.5);
  assertThrows(
    () =>
      mineTriplets("distance-weighted", distances, [0, 0, 1], {
        margin: 1,
        random: createRandom(1),
        embeddingSize: 3,
      }),
    RangeError,
    "expected embeddings of length 1, whose squared distance is at most 4, got 4.5 between 0 and 2",
  );
});

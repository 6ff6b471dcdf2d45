import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { kMeans } from "../../../lib/evaluation/clustering/k_means.ts";
import { lloyd } from "../../../lib/evaluation/clustering/lloyd.ts";
import { drawCenters } from "../../../lib/evaluation/clustering/seeding.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import golden from "../../fixtures/clustering.json" with { type: "json" };
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { toRows } from "../embeddings/rows.ts";

await tf.setBackend("cpu");

function squared(a: number[], b: number[]): number {
  return a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0);
}

const sum = (values: Iterable<number>) =>
  [...values].reduce((total, value) => total + value, 0);

const rows = (maxLength: number) =>
  fc.array(
    fc.array(fc.integer({ min: -9, max: 9 }), {
      minLength: 2,
      maxLength: 2,
    }),
    { minLength: 1, maxLength },
  );

Deno.test("lloyd() equals scikit-learn's, also with a center that no point is near to", () => {
  const values = Float32Array.from(golden.points.flat());
  const points = { values, count: 60, size: 6 };
  for (const { start, labels, centers, inertia } of golden.kMeans) {
    const found = lloyd(points, Float64Array.from(start.flat()), 300);
    assertEquals([...found.labels], labels);
    centers.flat().forEach((value, at) =>
      assertAlmostEquals(found.centers[at]!, value, 1e-7)
    );
    assertAlmostEquals(sum(found.distances), inertia, 1e-6);
  }
});

/** Points on a line, for {@linkcode lloyd}. */
const line = (...values: number[]) => ({
  values: Float32Array.from(values),
  count: values.length,
  size: 1,
});

Deno.test("lloyd() takes the first of two centers that are equally near", () => {
  const { labels } = lloyd(line(0, 1, 2), Float64Array.of(0, 2), 1);
  assertEquals([...labels], [0, 0, 1]);
});

Deno.test("lloyd() fills an empty cluster from one that keeps a point", () => {
  // The last point is the farthest from its center, but alone there.
  const start = Float64Array.of(0, 90, 1000);
  const { centers } = lloyd(line(0, 2, 100), start, 1);
  assertEquals([...centers], [0, 100, 2]);
});

Deno.test("kMeans() puts every point to its nearest center, and centers at means", () => {
  fc.assert(fc.property(rows(25), fc.nat(), fc.nat(), (points, pick, seed) => {
    const k = 1 + pick % points.length;
    const random = createRandom(seed);
    const found = kMeans(tf.tensor2d(points), k, { random, restarts: 2 });
    const centers = toRows(found.centers);
    assertEquals([found.centers.count, found.centers.size], [k, 2]);
    const distances = points.map((point) =>
      centers.map((center) => squared(point, center))
    );
    found.labels.forEach((label, i) =>
      assertAlmostEquals(
        distances[i]![label]!,
        Math.min(...distances[i]!),
        1e-4,
      )
    );
    centers.forEach((center, c) => {
      const own = points.filter((_, i) => found.labels[i] === c);
      if (own.length === 0) return;
      center.forEach((value, j) =>
        assertAlmostEquals(value, sum(own.map((p) => p[j]!)) / own.length, 1e-5)
      );
    });
    const inertia = sum(distances.map((row, i) => row[found.labels[i]!]!));
    assertAlmostEquals(found.inertia, inertia, 1e-3);
    // No cluster is empty while there are points that differ.
    const distinct = new Set(points.map(String)).size;
    assert(
      new Set(found.labels).size >= Math.min(k, distinct) || inertia === 0,
    );
  }));
});

Deno.test("kMeans() finds the best of all divisions into two", () => {
  const random = createRandom(7);
  fc.assert(
    fc.property(rows(7), (points) => {
      fc.pre(points.length > 1);
      const inertias = Array.from({ length: 2 ** points.length }, (_, mask) => {
        const groups = [0, 1].map((bit) =>
          points.filter((_, i) => (mask >> i & 1) === bit)
        );
        return sum(groups.flatMap((group) => {
          const mean = [0, 1].map((j) =>
            sum(group.map((p) => p[j]!)) / group.length
          );
          return group.map((point) => squared(point, mean));
        }));
      });
      const { inertia } = kMeans(tf.tensor2d(points), 2, {
        random,
        restarts: 40,
      });
      assertAlmostEquals(inertia, Math.min(...inertias), 1e-9);
    }),
    { numRuns: 50 },
  );
});

Deno.test("kMeans() is repeatable, keeps the best restart and leaks nothing", () => {
  const embeddings = tf.tensor2d(golden.points);
  const cluster = (seed: number, restarts: number) =>
    kMeans(embeddings, 5, { random: createRandom(seed), restarts });
  assertEquals(cluster(3, 4), cluster(3, 4));
  const random = createRandom(3);
  const single = Array.from(
    { length: 4 },
    () => kMeans(embeddings, 5, { random, restarts: 1 }).inertia,
  );
  assertEquals(cluster(3, 4).inertia, Math.min(...single));

  const before = tf.memory().numTensors;
  kMeans(embeddings, 5, { random });
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("kMeans() leaves clusters empty where points coincide", () => {
  const random = createRandom(1);
  const { labels, inertia } = kMeans(tf.ones([6, 2]), 3, { random });
  assertEquals([inertia, new Set(labels).size], [0, 1]);
});

Deno.test("drawCenters() draws by squared distance", () => {
  // From either end the other points weigh 1 and 9, or 9 and 4.
  const points = line(0, 1, 3);
  const random = createRandom(5);
  const counts = new Map<string, number>();
  const draws = 20_000;
  for (let i = 0; i < draws; i++) {
    const pair = String(drawCenters(points, 2, random));
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  for (
    const [pair, weight] of Object.entries({
      "0,1": 1 / 10,
      "0,3": 9 / 10,
      "1,0": 1 / 5,
      "1,3": 4 / 5,
      "3,0": 9 / 13,
      "3,1": 4 / 13,
    })
  ) {
    assertAlmostEquals((counts.get(pair) ?? 0) / draws, weight / 3, 0.02);
  }
});

Deno.test("kMeans() refuses what it cannot cluster", () => {
  const random = createRandom(1);
  const embeddings = tf.zeros<tf.Rank.R2>([4, 2]);
  for (const k of [0, 5, 1.5, NaN]) {
    assertThrows(
      () => kMeans(embeddings, k, { random }),
      RangeError,
      `Cannot cluster by k-means: expected k to be a whole number from 1 to 4, the number of embeddings, got ${k}`,
    );
  }
  assertThrows(
    () => kMeans(embeddings, 2, { random, restarts: 0 }),
    RangeError,
    "expected restarts to be a whole number of 1 or more, got 0",
  );
  assertThrows(
    () => kMeans(embeddings, 2, { random, iterations: -1 }),
    RangeError,
    "expected iterations to be a whole number of 1 or more, got -1",
  );
  assertThrows(
    () => kMeans(tf.zeros([4]) as unknown as tf.Tensor2D, 2, { random }),
    RangeError,
    "Cannot cluster by k-means",
  );
  assertThrows(
    () => kMeans(tf.zeros([0, 2]), 1, { random }),
    RangeError,
    "got a tensor of shape [0, 2]",
  );
  assertThrows(
    () => kMeans(tf.tensor2d([[1, NaN]]), 1, { random }),
    RangeError,
    "got NaN",
  );
});

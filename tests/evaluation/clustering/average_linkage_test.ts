import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { averageLinkage } from "../../../lib/evaluation/clustering/average_linkage.ts";
import type { Dendrogram } from "../../../lib/evaluation/clustering/dendrogram.ts";
import { createRandom, shuffle } from "../../../lib/numeric/random.ts";
import { squaredDistances } from "../../../lib/triplets/distances/distances.ts";
import golden from "../../fixtures/clustering.json" with { type: "json" };
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";

await tf.setBackend("cpu");

/** The points in each cluster, by number: first those of one point. */
function members({ count, first, second }: Dendrogram): number[][] {
  const clusters = Array.from({ length: count }, (_, i) => [i]);
  first.forEach((a, s) => {
    assert(a < second[s]! && second[s]! < clusters.length);
    clusters.push([...clusters[a]!, ...clusters[second[s]!]!]);
  });
  return clusters;
}

/** The mean of all distances between two groups, from the definition. */
function meanDistance(distances: number[][], a: number[], b: number[]): number {
  const all = a.flatMap((i) => b.map((j) => distances[i]![j]!));
  return all.reduce((sum, distance) => sum + distance, 0) / all.length;
}

/** The heights of average linkage by its definition, in O(n⁴). */
function naiveHeights(distances: number[][]): number[] {
  const clusters = distances.map((_, i) => [i]);
  const heights: number[] = [];
  while (clusters.length > 1) {
    let [height, a, b] = [Infinity, 0, 0];
    for (let i = 0; i < clusters.length; i++) {
      for (let j = 0; j < i; j++) {
        const d = meanDistance(distances, clusters[i]!, clusters[j]!);
        if (d < height) [height, a, b] = [d, j, i];
      }
    }
    heights.push(height);
    clusters[a]!.push(...clusters.splice(b, 1)[0]!);
  }
  return heights;
}

/** A symmetric matrix with the given distance of each pair. */
function symmetric(n: number, pairs: number[]): number[][] {
  const row = (i: number) =>
    Array.from({ length: n }, (_, j) => {
      const [low, high] = [Math.min(i, j), Math.max(i, j)];
      return i === j ? 0 : pairs[high * (high - 1) / 2 + low]!;
    });
  return Array.from({ length: n }, (_, i) => row(i));
}

/** Distances that do not tie, from a seed. */
const generic = fc.tuple(fc.integer({ min: 2, max: 12 }), fc.nat())
  .map(([n, seed]) => {
    const { uniform } = createRandom(seed);
    const pairs = Array.from({ length: n * (n - 1) / 2 }, uniform);
    return symmetric(n, pairs.map(Math.fround));
  });

/** Distances of which most tie. */
const tied = fc.integer({ min: 2, max: 12 }).chain((n) => {
  const length = n * (n - 1) / 2;
  return fc.array(fc.nat(3), { minLength: length, maxLength: length })
    .map((pairs) => symmetric(n, pairs));
});

for (
  const [name, { heights }] of [
    ["squared", golden.squared],
    ["euclidean", golden.euclidean],
  ] as const
) {
  Deno.test(`averageLinkage() of ${name} distances equals scikit-learn's`, () => {
    const squared = squaredDistances(tf.tensor2d(golden.points));
    const distances = name === "squared" ? squared : squared.sqrt();
    const before = tf.memory().numTensors;
    const dendrogram = averageLinkage(distances);
    assertEquals(tf.memory().numTensors, before);
    assertEquals(dendrogram.heights.length, heights.length);
    dendrogram.heights.forEach((height, s) =>
      assertAlmostEquals(height, heights[s]!, 1e-6)
    );
  });
}

Deno.test("averageLinkage() joins the nearest clusters, as the definition does", () => {
  fc.assert(fc.property(generic, (distances) => {
    const { heights } = averageLinkage(tf.tensor2d(distances));
    naiveHeights(distances).forEach((height, s) =>
      assertAlmostEquals(heights[s]!, height, 1e-9)
    );
  }));
});

Deno.test("averageLinkage() of points in another order gives the same clusters", () => {
  fc.assert(fc.property(generic, fc.nat(), (distances, seed) => {
    const order = shuffle([...distances.keys()], createRandom(seed));
    const moved = order.map((i) => order.map((j) => distances[i]![j]!));
    const sets = (clusters: number[][]) =>
      clusters.map((points) => String(points.toSorted((a, b) => a - b)));
    assertEquals(
      sets(
        members(averageLinkage(tf.tensor2d(moved)))
          .map((points) => points.map((i) => order[i]!)),
      ).toSorted(),
      sets(members(averageLinkage(tf.tensor2d(distances)))).toSorted(),
    );
  }));
});

Deno.test("averageLinkage() joins two of the nearest clusters each time, also with ties", () => {
  fc.assert(fc.property(tied, (distances) => {
    const dendrogram = averageLinkage(tf.tensor2d(distances));
    assertEquals(dendrogram, averageLinkage(tf.tensor2d(distances)));
    const clusters = members(dendrogram);
    const alive = new Set(distances.keys());
    dendrogram.heights.forEach((height, s) => {
      const apart = (a: number, b: number) =>
        meanDistance(distances, clusters[a]!, clusters[b]!);
      const least = Math.min(
        ...[...alive].flatMap((a) =>
          [...alive].filter((b) => b < a).map((b) => apart(a, b))
        ),
      );
      const [first, second] = [dendrogram.first[s]!, dendrogram.second[s]!];
      assertAlmostEquals(height, least, 1e-9);
      assertAlmostEquals(height, apart(first, second), 1e-9);
      assert(alive.delete(first) && alive.delete(second));
      alive.add(distances.length + s);
    });
    assertEquals(clusters.at(-1)!.length, distances.length);
  }));
});

Deno.test("averageLinkage() begins with the first of pairs that are equally near", () => {
  const { first, second } = averageLinkage(tf.tensor2d(
    symmetric(4, [1, 1, 1, 1, 1, 1]),
  ));
  assertEquals([first[0], second[0]], [0, 1]);
});

Deno.test("averageLinkage() finds one height for points that coincide", () => {
  const { heights } = averageLinkage(squaredDistances(tf.ones([9, 3])));
  assertEquals([...heights], new Array(8).fill(0));
});

Deno.test("averageLinkage() finds one height for groups that are all as far from each other", () => {
  // The mean of equal distances is no less than they are, whatever rounding makes
  // of the weights.
  const distance = fc.float({ min: Math.fround(1e-3), max: 4, noNaN: true });
  const sizes = fc.array(fc.integer({ min: 1, max: 30 }), {
    minLength: 2,
    maxLength: 6,
  });
  fc.assert(
    fc.property(distance, sizes, (apart, sizes) => {
      const groups = sizes.flatMap((size, g) =>
        new Array<number>(size).fill(g)
      );
      const distances = groups.map((one) =>
        groups.map((other) => one === other ? apart / 4 : apart)
      );
      const { heights } = averageLinkage(tf.tensor2d(distances));
      for (const height of heights.slice(1 - sizes.length)) {
        assert(height >= apart && height <= apart * (1 + 1e-15));
      }
    }),
    { numRuns: 1000 },
  );
});

Deno.test("averageLinkage() does not look at the diagonal", () => {
  fc.assert(fc.property(
    fc.oneof(generic, tied),
    fc.constantFrom(NaN, Infinity, -Infinity, -1, 5, 1e30),
    (distances, odd) => {
      const changed = distances.map((row, i) => row.with(i, odd));
      assertEquals(
        averageLinkage(tf.tensor2d(changed)),
        averageLinkage(tf.tensor2d(distances)),
      );
    },
  ));
});

Deno.test("averageLinkage() takes what rounding leaves between the two halves", () => {
  const { heights } = averageLinkage(tf.tensor2d([[0, 1], [1 + 1e-6, 0]]));
  assertEquals([...heights], [1]);
});

Deno.test("averageLinkage() refuses what are no distances between points", () => {
  const refuses = (distances: tf.Tensor, message: string) =>
    assertThrows(
      () => averageLinkage(distances as tf.Tensor2D),
      RangeError,
      `Cannot cluster points: ${message}`,
    );
  const shape = "expected distances of shape [n, n]";
  refuses(tf.zeros([2, 2, 1]), `${shape}, got a tensor of shape [2, 2, 1]`);
  refuses(tf.scalar(2), `${shape}, got a tensor of shape []`);
  const two = `${shape} between two points or more`;
  refuses(tf.zeros([2, 3]), `${two}, got [2, 3]`);
  refuses(tf.zeros([1, 1]), `${two}, got [1, 1]`);
  refuses(tf.zeros([0, 0]), `${two}, got [0, 0]`);
  for (const odd of [NaN, Infinity, -Infinity]) {
    refuses(
      tf.tensor2d([[0, odd], [odd, 0]]),
      `expected finite distances, got ${odd} between 0 and 1`,
    );
  }
  const positive = "expected distances of 0 or more";
  refuses(tf.fill([3, 3], -1), `${positive}, got -1 between 0 and 1`);
  refuses(
    tf.tensor2d([[0, 1, 2], [1, 0, 3], [-2, 3, 0]]),
    `${positive}, got -2 between 2 and 0`,
  );
  refuses(
    tf.tensor2d([[0, 1], [2, 0]]),
    "expected symmetric distances, got 1 and 2 between 0 and 1",
  );
});

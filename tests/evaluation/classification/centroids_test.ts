import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import {
  computeCentroids,
  nearestCentroid,
} from "../../../lib/evaluation/classification/centroids.ts";
import golden from "../../fixtures/centroids.json" with { type: "json" };
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { ofRows, toRows } from "../embeddings/rows.ts";

await tf.setBackend("cpu");

function unitRows(rows: number[][]): number[][] {
  return rows.map((row) => {
    const length = Math.hypot(...row);
    return row.map((value) => value / length);
  });
}

const coordinate = fc.float({ min: Math.fround(0.1), max: 1, noNaN: true });
/** Unit embeddings of one octant, so that no mean vanishes, with labels. */
const labelled = fc.array(
  fc.tuple(fc.array(coordinate, { minLength: 3, maxLength: 3 }), fc.nat(4)),
  { minLength: 1, maxLength: 30 },
).map((items) => ({
  rows: unitRows(items.map(([row]) => row)),
  labels: items.map(([, label]) => label),
}));

function assertNear(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance = 1e-6,
) {
  assertEquals(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    assertAlmostEquals(actual[i]!, expected[i]!, tolerance);
  }
}

Deno.test("computeCentroids() and nearestCentroid() equal scikit-learn's NearestCentroid", () => {
  const embeddings = tf.tensor2d(golden.embeddings);
  const [train, test] = tf.split(embeddings, 2) as [tf.Tensor2D, tf.Tensor2D];
  const centroids = computeCentroids(train, golden.labels.slice(0, 40));
  assertEquals(centroids.classes, Int32Array.of(1, 2, 5, 9));
  assertNear(centroids.vectors.values, golden.centroids.flat());

  const found = nearestCentroid(test, centroids);
  assertEquals(found.labels, Int32Array.from(golden.predicted));
  assertNear(found.distances, golden.distances);
  assertNear(found.certainties, golden.margins);
  assertEquals(found.margins, found.certainties, "the former name");
});

Deno.test("computeCentroids() gives the unit mean of each class, in any order of rows", () => {
  fc.assert(fc.property(labelled, ({ rows, labels }) => {
    const { classes, vectors } = computeCentroids(tf.tensor2d(rows), labels);
    const expected = [...new Set(labels)].toSorted().map((label) => {
      const members = rows.filter((_, i) => labels[i] === label);
      return [0, 1, 2].map((j) =>
        members.reduce((sum, row) => sum + row[j]!, 0) / members.length
      );
    });
    assertEquals([...classes], [...new Set(labels)].toSorted());
    assertNear(vectors.values, unitRows(expected).flat());

    const reversed = computeCentroids(
      tf.tensor2d(rows.toReversed()),
      labels.toReversed(),
    );
    assertNear(reversed.vectors.values, vectors.values);
  }));
});

Deno.test("nearestCentroid() agrees with a search through all distances", () => {
  fc.assert(fc.property(labelled, labelled, (train, test) => {
    const centroids = computeCentroids(tf.tensor2d(train.rows), train.labels);
    const vectors = toRows(centroids.vectors);
    const found = nearestCentroid(tf.tensor2d(test.rows), centroids);
    test.rows.forEach((row, i) => {
      const distances = vectors.map((vector) =>
        vector.reduce((sum, value, j) => sum + (value - row[j]!) ** 2, 0)
      );
      const sorted = distances.toSorted((a, b) => a - b);
      const own = distances[centroids.classes.indexOf(found.labels[i]!)]!;
      assertAlmostEquals(own, sorted[0]!, 1e-5);
      assertAlmostEquals(found.distances[i]!, sorted[0]!, 1e-5);
      if (sorted.length > 1) {
        assertAlmostEquals(
          found.certainties[i]!,
          sorted[1]! - sorted[0]!,
          1e-5,
        );
      } else assertEquals(found.certainties[i], Infinity);
    });
  }));
});

Deno.test("nearestCentroid() takes tensors and plain numbers for each other", () => {
  const rows = unitRows([[1, 2, 3], [3, 1, 0], [0, 2, 1]]);
  const centroids = computeCentroids(ofRows(rows), [4, 4, 7]);
  assertEquals(computeCentroids(tf.tensor2d(rows), [4, 4, 7]), centroids);
  const { classes } = centroids;
  const vectors = tf.tensor2d(toRows(centroids.vectors));
  assertEquals(
    nearestCentroid(tf.tensor2d(rows), { classes, vectors }),
    nearestCentroid(ofRows(rows), centroids),
  );
});

Deno.test("nearestCentroid() breaks ties for the smallest class", () => {
  const centroids = computeCentroids(tf.eye(3), [9, 4, 6]);
  const middle = tf.fill([1, 3], Math.sqrt(1 / 3)) as tf.Tensor2D;
  const { labels, certainties } = nearestCentroid(middle, centroids);
  assertEquals([labels[0], certainties[0]], [4, 0]);
});

Deno.test("computeCentroids() and nearestCentroid() leave no tensor", () => {
  const embeddings = tf.eye(3);
  const before = tf.memory().numTensors;
  const centroids = computeCentroids(embeddings, [0, 1, 2]);
  nearestCentroid(embeddings, centroids);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("computeCentroids() refuses a class whose embeddings cancel out", () => {
  const opposite = tf.tensor2d([[1, 0], [0, 1], [0, -1]]);
  assertThrows(
    () => computeCentroids(opposite, [0, 3, 3]),
    RangeError,
    "expected a mean of class 3 that can be scaled to length 1, got length 0",
  );
  assert(computeCentroids(opposite, [0, 3, 0]));
});

Deno.test("computeCentroids() refuses what is no labelled embedding", () => {
  const cases: [tf.Tensor, number[], string][] = [
    [tf.eye(2), [1, 2, 3], "expected 2 labels, got 3"],
    [tf.eye(2), [1, 1.5], "got 1.5 at 1"],
    [
      tf.zeros([0, 2]),
      [],
      "expected embeddings of shape [n, size], got a tensor of shape [0, 2]",
    ],
    [tf.tensor2d([[0, 1], [NaN, 0]]), [1, 2], "got NaN in row 1"],
    [tf.tensor2d([[Infinity, 1]]), [1], "got Infinity in row 0"],
  ];
  for (const [embeddings, labels, message] of cases) {
    assertThrows(
      () => computeCentroids(embeddings as tf.Tensor2D, labels),
      RangeError,
      message,
    );
  }
  assertThrows(
    () => computeCentroids(tf.ones([2, 3, 4]) as unknown as tf.Tensor2D, [1]),
    RangeError,
    "expected embeddings of shape [n, size], got a tensor of shape [2, 3, 4]",
  );
});

Deno.test("nearestCentroid() refuses embeddings of another size", () => {
  const centroids = computeCentroids(tf.eye(2), [0, 1]);
  assertThrows(
    () => nearestCentroid(tf.eye(3), centroids),
    RangeError,
    "expected embeddings of size 2, that of the centroids, got 3",
  );
  assertThrows(
    () => nearestCentroid(tf.tensor2d([[NaN, 1]]), centroids),
    RangeError,
    "got NaN in row 0",
  );
});

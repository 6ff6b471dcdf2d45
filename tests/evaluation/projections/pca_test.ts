import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { pca } from "../../../lib/evaluation/projections/pca.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import golden from "../../fixtures/projections.json" with { type: "json" };
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { toRows } from "../embeddings/rows.ts";

await tf.setBackend("cpu");

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

/** Embeddings [n, size] that vary in each direction, and a number of axes. */
const cases = fc.record({
  n: fc.integer({ min: 2, max: 20 }),
  size: fc.integer({ min: 1, max: 6 }),
  seed: fc.nat(),
}).map(({ n, size, seed }) => {
  const random = createRandom(seed);
  const rows = Array.from(
    { length: n },
    () =>
      Array.from(
        { length: size },
        (_, j) => Math.fround((j + 1) * random.normal()),
      ),
  );
  return { rows, dimensions: 1 + random.integer(Math.min(n, size)), random };
});

const dot = (a: number[], b: number[]) =>
  a.reduce((sum, value, j) => sum + value * b[j]!, 0);

function variance(values: number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return squares / (values.length - 1);
}

Deno.test("pca() equals scikit-learn's, signs too, and leaks nothing", () => {
  const embeddings = tf.tensor2d(golden.points);
  const before = tf.memory().numTensors;
  const { points, components, ...explained } = pca(embeddings, 3);
  assertEquals(tf.memory().numTensors, before);
  const expected = golden.pca;
  assertNear(points.values, expected.points.flat());
  assertNear(components.values, expected.components.flat());
  assertNear(explained.explainedVariance, expected.explainedVariance);
  assertNear(explained.explainedVarianceRatio, expected.explainedVarianceRatio);
});

Deno.test("pca() gives axes at right angles, and the variance along each", () => {
  fc.assert(fc.property(cases, ({ rows, dimensions }) => {
    const found = pca(tf.tensor2d(rows), dimensions);
    const [points, axes] = [found.points, found.components]
      .map(toRows) as [number[][], number[][]];
    const whole = rows[0]!.reduce(
      (sum, _, j) => sum + variance(rows.map((row) => row[j]!)),
      0,
    );
    axes.forEach((axis, i) => {
      axes.forEach((other, j) =>
        assertAlmostEquals(dot(axis, other), Number(i === j), 1e-6)
      );
      const largest = axis.reduce((a, b) => Math.abs(b) > Math.abs(a) ? b : a);
      assert(largest > 0);
      const along = found.explainedVariance[i]!;
      assertAlmostEquals(variance(points.map((p) => p[i]!)), along, 1e-4);
      assertAlmostEquals(found.explainedVarianceRatio[i]!, along / whole, 1e-6);
      assert(i === 0 || along <= found.explainedVariance[i - 1]!);
    });
  }));
});

Deno.test("pca() finds no less variance than any other direction has", () => {
  fc.assert(fc.property(cases, ({ rows, random }) => {
    const [most] = pca(tf.tensor2d(rows), 1).explainedVariance;
    for (let trial = 0; trial < 20; trial++) {
      const other = rows[0]!.map(() => random.normal());
      const length = Math.sqrt(dot(other, other));
      const along = variance(rows.map((row) => dot(row, other) / length));
      assert(along <= most! * (1 + 1e-5));
    }
  }));
});

Deno.test("pca() of all dimensions keeps all distances", () => {
  fc.assert(fc.property(cases, ({ rows }) => {
    const all = Math.min(rows.length, rows[0]!.length);
    const points = toRows(pca(tf.tensor2d(rows), all).points);
    const apart = (a: number[], b: number[]) =>
      Math.hypot(...a.map((value, j) => value - b[j]!));
    rows.forEach((row, i) =>
      assertAlmostEquals(
        apart(points[i]!, points[0]!),
        apart(row, rows[0]!),
        1e-4,
      )
    );
  }));
});

Deno.test("pca() puts equal embeddings to the origin", () => {
  const { points, explainedVariance, explainedVarianceRatio } = pca(
    tf.fill([4, 3], 0.1),
  );
  assertNear(points.values, new Array(8).fill(0));
  assertEquals([...explainedVariance, ...explainedVarianceRatio], [0, 0, 0, 0]);
});

Deno.test("pca() refuses what it cannot project", () => {
  const refuses = (
    embeddings: tf.Tensor,
    dimensions: number,
    message: string,
  ) =>
    assertThrows(
      () => pca(embeddings as tf.Tensor2D, dimensions),
      RangeError,
      `Cannot project by PCA: expected ${message}`,
    );
  refuses(tf.zeros([4]), 2, "embeddings of shape [n, size]");
  refuses(
    tf.zeros([0, 3]),
    2,
    "embeddings of shape [n, size], got a tensor of shape [0, 3]",
  );
  refuses(
    tf.zeros([1, 3]),
    1,
    "the number of embeddings to be a whole number of 2 or more, got 1",
  );
  refuses(tf.tensor2d([[1], [NaN]]), 1, "finite embeddings, got NaN in row 1");
  refuses(
    tf.zeros([4, 3]),
    4,
    "dimensions to be a whole number from 1 to 3, the size of an embedding, got 4",
  );
  refuses(
    tf.zeros([2, 3]),
    3,
    "dimensions to be a whole number from 1 to 2, the number of embeddings, got 3",
  );
  refuses(tf.zeros([4, 3]), 0, "dimensions to be a whole number from 1 to 3");
  refuses(tf.zeros([4, 3]), 1.5, "dimensions to be a whole number from 1 to 3");
});

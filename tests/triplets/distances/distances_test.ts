import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { createRandom } from "../../../lib/numeric/random.ts";
import { squaredDistances } from "../../../lib/triplets/distances/distances.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { testOnBackends } from "../backends.ts";
import { batches } from "../batches.ts";
import { matrix, squared } from "../oracle.ts";

/** n rows around a centre, of the given spread, exact in float32. */
function cloud(n: number, size: number, centre: number, spread: number) {
  const random = createRandom(n);
  return Array.from({ length: n }, () =>
    Array.from(
      { length: size },
      () => Math.fround(centre + spread * random.normal()),
    ));
}

testOnBackends(
  "squaredDistances() is right to 1e-6 of the distances from the first point",
  () => {
    for (const [centre, spread] of [[0, 1], [1, 1e-3], [0.1, 1e-5]] as const) {
      const rows = cloud(37, 19, centre, spread);
      const expected = squared(rows);
      const actual = squaredDistances(tf.tensor2d(rows)).arraySync();
      for (let a = 0; a < rows.length; a++) {
        for (let b = 0; b < rows.length; b++) {
          const error = Math.abs(actual[a]![b]! - expected(a, b));
          const scale = expected(a, 0) + expected(b, 0);
          assert(error <= 1e-6 * scale, `error ${error / scale} at ${a}, ${b}`);
        }
      }
    }
  },
);

testOnBackends(
  "squaredDistances() is never negative, 0 on the diagonal, symmetric",
  () => {
    for (const size of [1, 3, 8, 50]) {
      const rows = cloud(45, size, 0.5, 0.3);
      rows[7] = rows[20]!;
      const distances = squaredDistances(tf.tensor2d(rows));
      assertEquals(distances.arraySync(), tf.transpose(distances).arraySync());
      const values = distances.arraySync();
      assert(values.every((row, i) => row[i] === 0));
      assert(values.flat().every((value) => value >= 0));
      assertEquals(values[7]![20], 0);
    }
  },
);

testOnBackends(
  "squaredDistances() of one point, and of coinciding ones, is 0",
  () => {
    assertEquals(squaredDistances(tf.tensor2d([[3, 4]])).arraySync(), [[0]]);
    const same = tf.tensor2d(Array.from({ length: 9 }, () => [0.1, -0.7, 0.3]));
    assert(squaredDistances(same).arraySync().flat().every((x) => x === 0));
  },
);

testOnBackends(
  "squaredDistances() has the gradient 2(a − b), also of duplicates",
  () => {
    fc.assert(
      fc.property(batches, fc.integer(), ({ rows }, seed) => {
        const random = createRandom(seed);
        const weights = rows.map(() => rows.map(() => random.integer(9) - 4));
        const gradient = tf.grad((x) =>
          tf.sum(tf.mul(squaredDistances(x as tf.Tensor2D), weights))
        )(tf.tensor2d(rows)).arraySync() as number[][];
        rows.forEach((row, a) =>
          row.forEach((x, i) => {
            const expected = rows.reduce((sum, other, b) =>
              sum +
              2 * (weights[a]![b]! + weights[b]![a]!) * (x - other[i]!), 0);
            assert(Math.abs(gradient[a]![i]! - expected) < 1e-3);
          })
        );
      }),
      { numRuns: 20 },
    );
  },
);

testOnBackends(
  "squaredDistances() leaves its result alone, and a gradient itself",
  () => {
    const x = tf.tensor2d(cloud(5, 3, 0, 1));
    const gradient = tf.grad((x) => tf.sum(squaredDistances(x as tf.Tensor2D)));
    const before = tf.memory().numTensors;
    squaredDistances(x);
    assertEquals(tf.memory().numTensors, before + 1);
    gradient(x);
    assertEquals(tf.memory().numTensors, before + 2);
  },
);

testOnBackends("squaredDistances() of whole numbers is exact", () => {
  const rows = cloud(21, 12, 40, 9).map((row) => row.map(Math.round));
  assertEquals(
    squaredDistances(tf.tensor2d(rows)).dataSync(),
    matrix(rows.length, squared(rows)),
  );
});

testOnBackends("squaredDistances() passes NaN and infinity on", () => {
  for (const odd of [NaN, Infinity, -Infinity]) {
    for (const place of [0, 1, 2]) {
      const rows = [[1, 2], [3, 4], [5, 6]];
      rows[place]![0] = odd;
      const distances = squaredDistances(tf.tensor2d(rows)).arraySync();
      const others = [0, 1, 2].filter((other) => other !== place);
      for (const other of others) {
        assert(!Number.isFinite(distances[place]![other]!));
        assert(!Number.isFinite(distances[other]![place]!));
      }
    }
  }
});

Deno.test("squaredDistances() refuses what is not a batch of embeddings", () => {
  const refuses = (x: tf.Tensor, message: string) =>
    assertThrows(() => squaredDistances(x as tf.Tensor2D), RangeError, message);
  refuses(tf.zeros([3]), "got a tensor of shape [3]");
  refuses(tf.zeros([0, 4]), "got a tensor of shape [0, 4]");
});

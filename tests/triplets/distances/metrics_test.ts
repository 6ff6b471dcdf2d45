import * as tf from "@tensorflow/tfjs";
import { createRandom } from "../../../lib/numeric/random.ts";
import { cosineDistances } from "../../../lib/triplets/distances/cosine_distances.ts";
import { squaredDistances } from "../../../lib/triplets/distances/distances.ts";
import { manhattanDistances } from "../../../lib/triplets/distances/manhattan_distances.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { testOnBackends } from "../backends.ts";
import { cosine } from "../oracle.ts";

function cloud(n: number, size: number) {
  const random = createRandom(n);
  return Array.from(
    { length: n },
    () => Array.from({ length: size }, () => random.normal()),
  );
}

testOnBackends("cosineDistances() equals 1 − the cosine, of any length", () => {
  const rows = cloud(23, 7).map((row, i) => row.map((x) => x * 10 ** (i % 5)));
  rows[4] = rows[9]!.map((x) => 3 * x); // one direction
  rows[5] = rows[9]!.map((x) => -x); // and the opposite
  const expected = cosine(rows);
  const actual = cosineDistances(tf.tensor2d(rows)).arraySync();
  actual.forEach((row, a) =>
    row.forEach((distance, b) => {
      assert(distance >= 0 && distance <= 2);
      assertAlmostEquals(distance, expected(a, b), 1e-6);
      assertEquals(distance, actual[b]![a]);
      if (a === b) assertEquals(distance, 0);
    })
  );
});

testOnBackends("cosineDistances() keeps the digits of small angles", () => {
  const angle = 1e-3;
  const rows = [[1, 0], [Math.cos(angle), Math.sin(angle)]];
  const [[, distance]] = cosineDistances(tf.tensor2d(rows)).arraySync() as [
    [number, number],
  ];
  const expected = 2 * Math.sin(angle / 2) ** 2; // 5e-7
  assertAlmostEquals(distance, expected, 1e-4 * expected);
});

testOnBackends("cosineDistances() has the slope of its value", () => {
  const rows = cloud(6, 3);
  const weights = rows.map((_, a) => rows.map((_, b) => (a * 5 + b * 3) % 7));
  const total = (rows: number[][]) => {
    const distance = cosine(rows);
    return rows.reduce(
      (sum, _, a) =>
        rows.reduce((sum, _, b) => sum + weights[a]![b]! * distance(a, b), sum),
      0,
    );
  };
  const gradient = tf.grad((x) =>
    tf.sum(tf.mul(cosineDistances(x as tf.Tensor2D), weights))
  )(tf.tensor2d(rows)).arraySync() as number[][];
  const nudged = (a: number, i: number, by: number) => {
    const moved = rows.map((row) => [...row]);
    moved[a]![i]! += by;
    return total(moved);
  };
  rows.forEach((row, a) =>
    row.forEach((_, i) => {
      const slope = (nudged(a, i, 1e-6) - nudged(a, i, -1e-6)) / 2e-6;
      assertAlmostEquals(gradient[a]![i]!, slope, 1e-4);
    })
  );
});

testOnBackends("cosineDistances() is finite at 0, and passes NaN on", () => {
  const sum = (x: tf.Tensor) => tf.sum(cosineDistances(x as tf.Tensor2D));
  const { value, grad } = tf.valueAndGrad(sum)(tf.tensor2d([[0, 0], [3, 4]]));
  assertAlmostEquals(value.dataSync()[0]!, 1, 1e-6); // 0.5 in both orders
  assert(grad.dataSync().every(Number.isFinite));
  for (const odd of [NaN, Infinity]) {
    assert(Number.isNaN(sum(tf.tensor2d([[1, 0], [3, odd]])).dataSync()[0]));
  }
});

testOnBackends("manhattanDistances() sums the coordinates' differences", () => {
  const rows = cloud(11, 5);
  const actual = manhattanDistances(tf.tensor2d(rows)).arraySync();
  actual.forEach((row, a) =>
    row.forEach((distance, b) => {
      const expected = rows[a]!.reduce(
        (sum, x, i) => sum + Math.abs(x - rows[b]![i]!),
        0,
      );
      assertAlmostEquals(distance, expected, 1e-5);
      assertEquals(distance, actual[b]![a]);
    })
  );
});

testOnBackends(
  "cosineDistances() and manhattanDistances() leave their result alone",
  () => {
    const x = tf.tensor2d(cloud(5, 3));
    for (const distances of [cosineDistances, manhattanDistances]) {
      const before = tf.memory().numTensors;
      distances(x);
      assertEquals(tf.memory().numTensors, before + 1);
    }
  },
);

Deno.test("cosineDistances() and manhattanDistances() refuse what is not a batch of embeddings", () => {
  for (const distances of [cosineDistances, manhattanDistances]) {
    for (
      const [x, message] of [[tf.zeros([3]), "got a tensor of shape [3]"], [
        tf.zeros([0, 4]),
        "got a tensor of shape [0, 4]",
      ]] as const
    ) {
      assertThrows(() => distances(x as tf.Tensor2D), RangeError, message);
    }
  }
});

testOnBackends(
  "the distances of plain embeddings are those of their tensor",
  () => {
    const rows = cloud(9, 5);
    const tensor = tf.tensor2d(rows);
    const plain = {
      values: Float32Array.from(rows.flat()),
      count: 9,
      size: 5,
    };
    for (
      const measure of [squaredDistances, cosineDistances, manhattanDistances]
    ) {
      const tensors = tf.memory().numTensors;
      const distances = measure(plain);
      assertEquals(tf.memory().numTensors, tensors + 1);
      assertEquals(distances.arraySync(), measure(tensor).arraySync());
      assertThrows(
        () => measure({ ...plain, count: 8 }),
        RangeError,
        "expected 40 values of embeddings, got 45",
      );
    }
  },
);

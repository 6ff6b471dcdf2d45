import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { createRandom } from "../../lib/random.ts";
import { batchTripletLoss } from "../../lib/triplets/batch_loss.ts";
import { squaredDistances } from "../../lib/triplets/distances.ts";
import { tripletLoss } from "../../lib/triplets/loss.ts";
import { mineTriplets } from "../../lib/triplets/mine.ts";
import { type MiningRule, miningRules } from "../../lib/triplets/rules.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../assert.ts";
import { testOnBackends } from "./backends.ts";
import { batches, line, margins } from "./batches.ts";
import { assertGradient, valueAndGradient } from "./gradients.ts";
import { golden, goldenRules } from "./golden.ts";
import * as oracle from "./oracle.ts";

for (const { rule, loss, gradient } of goldenRules) {
  testOnBackends(`batchTripletLoss() equals PyTorch's by ${rule}`, () => {
    const { embeddings, labels, size, margin } = golden;
    const actual = valueAndGradient(
      (x) => batchTripletLoss(rule, x, labels, { margin }),
      tf.tensor2d(embeddings, [labels.length, size]),
    );
    assertAlmostEquals(actual.value, loss, 1e-5 * loss);
    assertGradient(actual.gradient.flat(), gradient);
  });
}

testOnBackends("batchTripletLoss() gives the line's known losses", () => {
  const expected = {
    "batch-all": 165 / 116,
    "batch-hard": 4.125,
    "semi-hard": 16 / 26,
  };
  for (const rule of miningRules) {
    const x = tf.tensor2d(line.rows);
    const loss = batchTripletLoss(rule, x, line.labels, { margin: 1 });
    assertAlmostEquals(loss.arraySync(), expected[rule], 1e-6);
  }
});

for (const rule of miningRules) {
  testOnBackends(
    `batchTripletLoss() equals mining and loss by ${rule}, ties and all`,
    () => {
      fc.assert(
        fc.property(batches, margins, ({ rows, labels }, margin) => {
          const x = tf.tensor2d(rows);
          const graph = valueAndGradient(
            (x) => batchTripletLoss(rule, x, labels, { margin }),
            x,
          );
          const distances = squaredDistances(x);
          const mined = mineTriplets(rule, distances, labels, { margin });
          const listed = valueAndGradient(
            (x) => tripletLoss(x, mined, margin),
            x,
          );
          assertAlmostEquals(graph.value, listed.value, 1e-5);
          assertGradient(graph.gradient.flat(), listed.gradient.flat());
        }),
        { numRuns: 40 },
      );
    },
  );

  testOnBackends(
    `batchTripletLoss() by ${rule} has its definition's gradient`,
    () => {
      const random = createRandom(2);
      const rows = Array.from(
        { length: 40 },
        () => Array.from({ length: 5 }, () => random.normal()),
      );
      const labels = rows.map(() => random.integer(6));
      const triples = oracle.mine(rule, oracle.squared(rows), labels);
      const actual = valueAndGradient(
        (x) => batchTripletLoss(rule, x, labels, { margin: 0.3 }),
        tf.tensor2d(rows),
      );
      const value = oracle.meanLoss(oracle.squared(rows), triples, 0.3);
      assertAlmostEquals(actual.value, value, 1e-5 * value);
      assertGradient(
        actual.gradient.flat(),
        oracle.meanLossGradient(rows, triples, 0.3).flat(),
      );
    },
  );

  testOnBackends(
    `batchTripletLoss() by ${rule} costs a collapsed batch the margin`,
    () => {
      const labels = [0, 0, 1, 1, 1, 2, 0];
      const x = tf.tensor2d(labels.map(() => [0.6, -0.8, 0.1]));
      for (const margin of [0.25, 0.2]) {
        const { value, gradient } = valueAndGradient(
          (x) => batchTripletLoss(rule, x, labels, { margin }),
          x,
        );
        assertAlmostEquals(value, Math.fround(margin), 1e-7);
        assertEquals(
          gradient.flat().map(Math.abs).filter((g) => !(g < 1e-6)),
          [],
        );
      }
    },
  );

  testOnBackends(
    `batchTripletLoss() by ${rule} costs nothing where no triplet is`,
    () => {
      for (const labels of [[3, 3, 3], [1, 2, 3]]) {
        const { value, gradient } = valueAndGradient(
          (x) => batchTripletLoss(rule, x, labels, { margin: 1 }),
          tf.tensor2d([[1], [1], [2]]),
        );
        assertEquals(value, 0);
        assert(gradient.flat().every((slope) => slope === 0));
      }
    },
  );

  testOnBackends(
    `batchTripletLoss() by ${rule} is NaN where an embedding is`,
    () => {
      const x = tf.tensor2d([[0, 1], [1, 1], [NaN, 2], [3, 3], [3, 4], [4, 4]]);
      const loss = batchTripletLoss(rule, x, [0, 0, 1, 1, 1, 2], { margin: 1 });
      assert(Number.isNaN(loss.arraySync()));
    },
  );

  testOnBackends(
    `batchTripletLoss() by ${rule} leaves its result alone`,
    () => {
      const x = tf.tensor2d(line.rows);
      const loss = (x: tf.Tensor) =>
        batchTripletLoss(rule, x as tf.Tensor2D, line.labels, { margin: 1 });
      const before = tf.memory().numTensors;
      loss(x);
      assertEquals(tf.memory().numTensors, before + 1);
      tf.valueAndGrad(loss)(x);
      assertEquals(tf.memory().numTensors, before + 3);
    },
  );
}

testOnBackends("batchTripletLoss() takes part in a larger loss", () => {
  const x = tf.tensor2d(line.rows);
  const gradient = (weight: number) =>
    valueAndGradient((x) => {
      const options = { margin: 1 };
      const loss = batchTripletLoss("batch-hard", x, line.labels, options);
      return tf.mul(loss, weight);
    }, x).gradient.flat();
  assertGradient(gradient(-3), gradient(1).map((slope) => -3 * slope));
});

testOnBackends("batchTripletLoss() reads nothing back", () => {
  const x = tf.tensor2d(line.rows);
  const read = tf.Tensor.prototype.dataSync;
  tf.Tensor.prototype.dataSync = () => {
    throw new Error("read back");
  };
  try {
    for (const rule of miningRules) {
      tf.grad((x) =>
        batchTripletLoss(rule, x as tf.Tensor2D, line.labels, { margin: 1 })
      )(x);
    }
  } finally {
    tf.Tensor.prototype.dataSync = read;
  }
});

Deno.test("batchTripletLoss() refuses bad input and says what came", async () => {
  await tf.setBackend("cpu");
  const refuses = (
    message: string,
    labels: number[],
    margin = 1,
    rule = "semi-hard",
    x: tf.Tensor = tf.tensor2d([[1], [2]]),
  ) =>
    assertThrows(
      () =>
        batchTripletLoss(rule as MiningRule, x as tf.Tensor2D, labels, {
          margin,
        }),
      RangeError,
      message,
    );
  refuses(`got "easy"`, [0, 1], 1, "easy");
  refuses("each of 2 embeddings, got 3", [0, 1, 1]);
  refuses("margin of 0 or more, got -1", [0, 1], -1);
  refuses("whole numbers as labels, got 0.5 at 0", [0.5, 1]);
  refuses("got [2]", [0, 1], 1, "semi-hard", tf.tensor1d([1, 2]));
});

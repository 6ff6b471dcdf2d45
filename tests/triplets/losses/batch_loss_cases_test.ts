import * as tf from "@tensorflow/tfjs";
import { createRandom } from "../../../lib/numeric/random.ts";
import { batchTripletLoss } from "../../../lib/triplets/losses/batch_loss.ts";
import { readPoints } from "../../../lib/numeric/embeddings.ts";
import { pairwise } from "../../../lib/triplets/distances/pairwise.ts";
import { mineTriplets } from "../../../lib/triplets/miners/mine.ts";
import {
  type MinerName,
  minerNames,
} from "../../../lib/triplets/miners/miners.ts";
import type { LossOptions } from "../../../lib/triplets/losses/options.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { testOnBackends } from "../backends.ts";
import { line } from "../batches.ts";
import { assertGradient, valueAndGradient } from "./gradients.ts";

/** Those that insist on a negative farther than the positive. */
const nothingCollapsed: readonly MinerName[] = [
  "batch-easy-positive",
  "semi-hard-pytorch-metric-learning",
  "semi-hard-siamese-triplet",
  "semi-hard-facenet-on-mnist",
  "explicit",
];

for (const miner of minerNames) {
  const costs = nothingCollapsed.includes(miner) ? "nothing" : "the margin";
  testOnBackends(
    `batchTripletLoss() by ${miner} costs a collapsed batch ${costs}`,
    () => {
      const labels = [0, 0, 1, 1, 1, 2, 0];
      const x = tf.tensor2d(labels.map(() => [0.6, -0.8, 0.1]));
      for (const margin of [0.25, 0.2]) {
        const random = createRandom(1);
        const { value, gradient } = valueAndGradient(
          (x) => batchTripletLoss(miner, x, labels, { margin, random }),
          x,
        );
        const cost = costs === "nothing" ? 0 : Math.fround(margin);
        assertEquals(value, cost);
        assert(gradient.flat().every((slope) => Math.abs(slope) < 1e-6));
      }
    },
  );

  testOnBackends(
    `batchTripletLoss() by ${miner} costs nothing where no triplet is`,
    () => {
      const random = createRandom(1);
      for (const labels of [[3, 3, 3], [1, 2, 3]]) {
        for (const weighting of [{}, { mean: "active" as const }]) {
          const { value, gradient } = valueAndGradient(
            (x) =>
              batchTripletLoss(miner, x, labels, {
                margin: 1,
                random,
                ...weighting,
              }),
            tf.tensor2d([[1, 0], [1, 0], [2, 0]]),
          );
          assertEquals(value, 0);
          assert(gradient.flat().every((slope) => slope === 0));
        }
      }
    },
  );

  testOnBackends(
    `batchTripletLoss() by ${miner} is NaN where an embedding is not finite`,
    () => {
      for (const odd of [NaN, Infinity, -Infinity]) {
        const rows = [[0, 1], [1, 0], [odd, 2], [0, 1], [1, 0], [0, -1]];
        const { value, gradient } = valueAndGradient(
          (x) =>
            batchTripletLoss(miner, x, [0, 0, 1, 1, 1, 2], {
              margin: 1,
              random: createRandom(1),
            }),
          tf.tensor2d(rows),
        );
        assert(Number.isNaN(value));
        assert(gradient.flat().some(Number.isNaN));
      }
    },
  );

  testOnBackends(
    `batchTripletLoss() by ${miner} leaves its result alone`,
    () => {
      const x = tf.tensor2d([[0, 1], [1, 0], [0, -1], [-1, 0]]);
      const options = { margin: 1, random: createRandom(1) };
      const loss = (x: tf.Tensor) =>
        batchTripletLoss(miner, x as tf.Tensor2D, [0, 0, 1, 1], options);
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

testOnBackends(
  "batchTripletLoss() keeps its digits over a million triplets",
  () => {
    const random = createRandom(4);
    const [n, size, margin] = [600, 2, 0.2];
    const rows = Array.from(
      { length: n },
      () => Array.from({ length: size }, () => random.normal()),
    );
    const labels = rows.map((_, i) => i % 150);
    const x = tf.tensor2d(rows);
    const values = pairwise("squared", readPoints(x)).distances;
    const distance = (a: number, b: number) => values[a * n + b]!;
    for (const miner of ["batch-all", "semi-hard"] as const) {
      const loss = batchTripletLoss(miner, x, labels, { margin }).arraySync();
      const mined = mineTriplets(miner, values, labels, {
        margin,
      });
      let sum = 0;
      mined.anchors.forEach((a, i) =>
        sum += Math.max(
          0,
          distance(a, mined.positives[i]!) - distance(a, mined.negatives[i]!) +
            margin,
        )
      );
      const expected = sum / mined.anchors.length;
      assertAlmostEquals(loss, expected, 1e-6 * expected);
    }
  },
);

Deno.test("batchTripletLoss() refuses bad input and says what came", async () => {
  await tf.setBackend("cpu");
  const refuses = (
    message: string,
    labels: number[],
    changes: Partial<LossOptions> = {},
    miner = "semi-hard",
    x: tf.Tensor = tf.tensor2d([[1], [2]]),
  ) =>
    assertThrows(
      () =>
        batchTripletLoss(miner as MinerName, x as tf.Tensor2D, labels, {
          margin: 1,
          ...changes,
        }),
      RangeError,
      message,
    );
  refuses(`got "easy"`, [0, 1], {}, "easy");
  refuses("2 labels, got 3", [0, 1, 1]);
  refuses("margin to be a number of 0 or more, got -1", [0, 1], { margin: -1 });
  refuses("whole numbers of 32 bits, got 0.5 at 0", [0.5, 1]);
  refuses(
    "got a tensor of shape [2]",
    [0, 1],
    {},
    "semi-hard",
    tf.tensor1d([1, 2]),
  );
  refuses(`one of squared, cosine, got "l1"`, [0, 1], {
    metric: "l1" as "cosine",
  });
  refuses(`one of hinge, soft-margin, got "soft"`, [0, 1], {
    lossFunction: "soft" as "hinge",
  });
  refuses(`one of all, active, got "nonzero"`, [0, 1], {
    mean: "nonzero" as "active",
  });
  const flat = tf.tensor1d([1, 2]);
  refuses(
    "[n, size], got a tensor of shape [2]",
    [0, 1],
    {},
    "distance-weighted",
    flat,
  );
  const two = tf.tensor2d([[1, 0], [0, 1]]);
  assertThrows(
    () => batchTripletLoss("distance-weighted", two, [0, 1], { margin: 1 }),
    RangeError,
    "expected random to be a stream of createRandom, got nothing",
  );
});

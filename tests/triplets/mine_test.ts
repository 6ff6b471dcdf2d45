import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { createRandom, shuffle } from "../../lib/random.ts";
import { squaredDistances } from "../../lib/triplets/distances.ts";
import { mineTriplets } from "../../lib/triplets/mine.ts";
import { type MiningRule, miningRules } from "../../lib/triplets/rules.ts";
import { assertAlmostEquals, assertEquals, assertThrows } from "../assert.ts";
import { testOnBackends } from "./backends.ts";
import { batches, line, margins } from "./batches.ts";
import { golden, goldenRules } from "./golden.ts";
import * as oracle from "./oracle.ts";

const onLine = (a: number, b: number) => Math.abs(a - b);
const lineDistances = oracle.matrix(9, onLine);

Deno.test("mineTriplets() takes pytorch-metric-learning's batch-hard triplets", () => {
  const { anchors, positives, negatives } = mineTriplets(
    "batch-hard",
    lineDistances,
    line.labels,
    { margin: 1 },
  );
  assertEquals([...anchors], [0, 1, 2, 3, 4, 6, 7, 8]);
  assertEquals([...positives], [4, 4, 8, 8, 0, 2, 2, 2]);
  // Anchor 4 has negatives 3 and 5 at one distance: the lower index.
  assertEquals([...negatives], [2, 2, 1, 4, 3, 5, 5, 5]);
});

Deno.test("mineTriplets() gives the line's known counts, census and losses", () => {
  const expected = {
    "batch-all": 165 / 116,
    "batch-hard": 4.125,
    "semi-hard": 16 / 26,
  };
  const counts = { "batch-all": 116, "batch-hard": 8, "semi-hard": 26 };
  for (const rule of miningRules) {
    const mined = mineTriplets(rule, lineDistances, line.labels, { margin: 1 });
    assertEquals(mined.census, { hard: 57, semiHard: 16, easy: 43 });
    assertEquals(mined.anchors.length, counts[rule]);
    assertAlmostEquals(
      oracle.meanLoss(onLine, oracle.toTriples(mined), 1),
      expected[rule],
      1e-12,
    );
  }
});

for (const { rule, triples } of goldenRules) {
  testOnBackends(`mineTriplets() mines PyTorch's triplets by ${rule}`, () => {
    const { embeddings, labels, size, margin } = golden;
    const distances = squaredDistances(
      tf.tensor2d(embeddings, [labels.length, size]),
    );
    const mined = mineTriplets(rule, distances, labels, { margin });
    assertEquals(oracle.toTriples(mined), triples);
    assertEquals(mined.census, golden.census);
  });
}

for (const rule of miningRules) {
  Deno.test(`mineTriplets() equals the definition of ${rule}, ties and all`, () => {
    fc.assert(fc.property(batches, margins, ({ rows, labels }, margin) => {
      const distance = oracle.squared(rows);
      const mined = mineTriplets(
        rule,
        oracle.matrix(rows.length, distance),
        labels,
        { margin },
      );
      assertEquals(
        oracle.toTriples(mined),
        oracle.mine(rule, distance, labels),
      );
    }));
  });

  Deno.test(`mineTriplets() permutes with the batch under ${rule}`, () => {
    // Without ties, that is: of equal distances the lowest index wins.
    fc.assert(fc.property(fc.integer(), (seed) => {
      const random = createRandom(seed);
      const rows = Array.from(
        { length: 15 },
        () => [random.normal(), random.normal()],
      );
      const labels = rows.map(() => random.integer(4));
      const order = shuffle([...rows.keys()], random);
      const mine = (order: number[]) => {
        const distance = oracle.squared(order.map((i) => rows[i]!));
        const mined = mineTriplets(
          rule,
          oracle.matrix(order.length, distance),
          order.map((i) => labels[i]!),
          { margin: 0.2 },
        );
        const triples = oracle.toTriples(mined)
          .map((triple) => `${triple.map((i) => order[i])}`);
        return { triples: triples.sort(), census: mined.census };
      };
      assertEquals(mine(order), mine([...rows.keys()]));
    }));
  });

  Deno.test(`mineTriplets() finds none by ${rule} in one class or in all distinct`, () => {
    for (const labels of [[7, 7, 7], [1, 2, 3], [5], []]) {
      const distances = new Float32Array(labels.length ** 2);
      assertEquals(mineTriplets(rule, distances, labels, { margin: 1 }), {
        anchors: new Int32Array(0),
        positives: new Int32Array(0),
        negatives: new Int32Array(0),
        census: { hard: 0, semiHard: 0, easy: 0 },
      });
    }
  });
}

Deno.test("mineTriplets() by semi-hard falls back on the farthest negative", () => {
  // Places 0 and 9 are one class; the strangers are nearer than that.
  const places = [0, 9, 2, -2, 5, -5];
  const distances = oracle.matrix(
    6,
    (a, b) => Math.abs(places[a]! - places[b]!),
  );
  const mined = mineTriplets("semi-hard", distances, [0, 0, 1, 2, 3, 4], {
    margin: 1,
  });
  assertEquals(oracle.toTriples(mined), [[0, 1, 4], [1, 0, 3]]);
});

Deno.test("mineTriplets() reads a tensor and leaves it to the caller", async () => {
  await tf.setBackend("cpu");
  const tensor = tf.tensor2d(lineDistances, [9, 9]);
  const before = tf.memory().numTensors;
  assertEquals(
    mineTriplets("semi-hard", tensor, line.labels, { margin: 1 }),
    mineTriplets("semi-hard", lineDistances, line.labels, { margin: 1 }),
  );
  assertEquals(tf.memory().numTensors, before);
  tensor.dispose();
});

Deno.test("mineTriplets() mines the batch of FaceNet's paper, and refuses to list all of it", () => {
  const random = createRandom(3);
  const labels = Uint8Array.from({ length: 1800 }, (_, i) => i % 10);
  const distances = Float32Array.from(
    { length: 1800 ** 2 },
    () => random.uniform(),
  );
  const mined = mineTriplets("semi-hard", distances, labels, { margin: 0.2 });
  assertEquals(mined.anchors.length, 1800 * 179);
  const { hard, semiHard, easy } = mined.census;
  assertEquals(hard + semiHard + easy, 1800 * 179 * 1620);
  assertThrows(
    () => mineTriplets("batch-all", distances, labels, { margin: 0.2 }),
    RangeError,
    `got ${1800 * 179 * 1620}`,
  );
});

Deno.test("mineTriplets() refuses bad input and says what came", () => {
  const refuses = (
    message: string,
    distances: tf.Tensor2D | Float32Array,
    labels: number[],
    margin = 1,
    rule = "semi-hard",
  ) =>
    assertThrows(
      () => mineTriplets(rule as MiningRule, distances, labels, { margin }),
      RangeError,
      message,
    );
  const two = Float32Array.of(0, 1, 1, 0);
  refuses(
    `"batch-all", "batch-hard", "semi-hard", got "hard"`,
    two,
    [0, 1],
    1,
    "hard",
  );
  refuses(`got "toString"`, two, [0, 1], 1, "toString");
  refuses("3 × 3 distances for 3 labels, got 4", two, [0, 1, 1]);
  refuses("margin of 0 or more, got -0.5", two, [0, 1], -0.5);
  refuses("got Infinity", two, [0, 1], Infinity);
  refuses("whole numbers as labels, got 0.5 at 1", two, [0, 0.5]);
  refuses("whole numbers as labels, got NaN at 0", two, [NaN, 1]);
  refuses("got NaN between 1 and 0", Float32Array.of(0, 1, NaN, 0), [0, 1]);
  refuses("got Infinity between 0 and 1", Float32Array.of(0, Infinity, 1, 0), [
    0,
    1,
  ]);
  refuses(
    "[2, 2] for 2 labels, got [4]",
    tf.tensor1d([0, 1, 1, 0]) as unknown as tf.Tensor2D,
    [0, 1],
  );
  refuses("[3, 3] for 3 labels, got [3,2]", tf.zeros([3, 2]), [0, 1, 1]);
});

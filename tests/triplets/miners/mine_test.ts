import { readEmbeddings } from "../../../lib/numeric/embeddings.ts";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { createRandom, shuffle } from "../../../lib/numeric/random.ts";
import { cosineDistances } from "../../../lib/triplets/distances/cosine_distances.ts";
import { squaredDistances } from "../../../lib/triplets/distances/distances.ts";
import { mineTriplets } from "../../../lib/triplets/miners/mine.ts";
import {
  type MinerName,
  minerNames,
} from "../../../lib/triplets/miners/miners.ts";
import type { MiningOptions } from "../../../lib/triplets/batch/triplets.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { testOnBackends } from "../backends.ts";
import { batches, line, margins } from "../batches.ts";
import { golden, goldenMiners } from "../golden/golden.ts";
import * as oracle from "../oracle.ts";
import { fixedMiners } from "../miners.ts";

const onLine = (a: number, b: number) => Math.abs(a - b);
const lineDistances = oracle.matrix(9, onLine);

/** What any miner needs. */
const options = (margin = 1): MiningOptions => ({
  margin,
  random: createRandom(5),
  embeddingSize: 3,
});

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

Deno.test("mineTriplets() gives the line's known counts and losses", () => {
  const expected = {
    "batch-all": [116, 165 / 116],
    "batch-hard": [8, 4.125],
    "semi-hard": [26, 16 / 26],
    "semi-hard-pytorch-metric-learning": [16, 0],
  } as const;
  for (const [miner, [count, loss]] of Object.entries(expected)) {
    const mined = mineTriplets(miner as MinerName, lineDistances, line.labels, {
      margin: 1,
    });
    assertEquals(mined.counts, { hard: 57, semiHard: 16, easy: 43 });
    assertEquals(mined.anchors.length, count);
    const triples = oracle.toTriples(mined);
    const mean = oracle.meanLoss(onLine, triples, { margin: 1 });
    assertAlmostEquals(mean, loss, 1e-12);
  }
});

Deno.test("mineTriplets() takes TensorFlow Similarity's semi-hard triplets by cosine", async () => {
  await tf.setBackend("cpu");
  const rows = [[1, 0], [.5, .8660254], [0, 1], [.01010049, .999949]];
  const embeddings = tf.tensor2d(rows);
  const mined = mineTriplets(
    "semi-hard-tensorflow-similarity",
    { embeddings },
    [0, 0, 1, 1],
    { margin: 1, metric: "cosine" },
  );
  embeddings.dispose();
  const costs = oracle.toTriples(mined).map((triple) =>
    oracle.meanLoss(oracle.cosine(rows), [triple], { margin: 1 })
  );
  const expected = [.5101005, 1.3660254, .8660764, .8710825];
  assertEquals(costs.length, 4);
  costs.forEach((cost, i) => assertAlmostEquals(cost, expected[i]!, 1e-6));
});

for (const { miner, triples } of goldenMiners) {
  testOnBackends(
    `mineTriplets() mines its library's triplets by ${miner}`,
    () => {
      const { embeddings, labels, size, margin } = golden;
      const distances = squaredDistances(
        tf.tensor2d(embeddings, [labels.length, size]),
      );
      const mined = mineTriplets(miner, distances, labels, { margin });
      assertEquals(oracle.toTriples(mined), triples);
      assertEquals(mined.counts, golden.counts);
    },
  );
}

for (const miner of fixedMiners) {
  Deno.test(`mineTriplets() equals the definition of ${miner}, ties and all`, () => {
    fc.assert(fc.property(batches, margins, ({ rows, labels }, margin) => {
      const distance = oracle.squared(rows);
      const mined = mineTriplets(
        miner,
        oracle.matrix(rows.length, distance),
        labels,
        { margin },
      );
      assertEquals(
        oracle.toTriples(mined),
        oracle.mine(miner, distance, labels, margin),
      );
    }));
  });

  Deno.test(`mineTriplets() permutes with the batch under ${miner}`, () => {
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
          miner,
          oracle.matrix(order.length, distance),
          order.map((i) => labels[i]!),
          { margin: 0.2 },
        );
        const triples = oracle.toTriples(mined)
          .map((triple) => `${triple.map((i) => order[i])}`);
        return { triples: triples.sort(), counts: mined.counts };
      };
      assertEquals(mine(order), mine([...rows.keys()]));
    }));
  });
}

for (const miner of minerNames) {
  Deno.test(`mineTriplets() finds none by ${miner} in one class or in all distinct`, () => {
    const none = { hard: 0, semiHard: 0, easy: 0 };
    for (const labels of [[7, 7, 7], [1, 2, 3], [5], []]) {
      const distances = new Float32Array(labels.length ** 2);
      assertEquals(mineTriplets(miner, distances, labels, options()), {
        anchors: new Int32Array(0),
        positives: new Int32Array(0),
        negatives: new Int32Array(0),
        counts: none,
        census: none,
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
  for (
    const miner of ["semi-hard", "semi-hard-tensorflow-similarity"] as const
  ) {
    const mined = mineTriplets(miner, distances, [0, 0, 1, 2, 3, 4], {
      margin: 1,
    });
    assertEquals(oracle.toTriples(mined), [[0, 1, 4], [1, 0, 3]]);
  }
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

testOnBackends("mineTriplets() mines embeddings by either metric", () => {
  const { cosine, labels, size, margin } = golden;
  const embeddings = tf.tensor2d(cosine.embeddings, [labels.length, size]);
  const before = tf.memory().numTensors;
  const metrics = { squared: squaredDistances, cosine: cosineDistances };
  const plain = readEmbeddings(embeddings);
  for (const [metric, distances] of Object.entries(metrics)) {
    const options = { margin, metric: metric as keyof typeof metrics };
    const mined = mineTriplets("semi-hard", { embeddings }, labels, options);
    assertEquals(
      mineTriplets("semi-hard", { embeddings: plain }, labels, options),
      mined,
    );
    assertEquals(
      mined,
      mineTriplets(
        "semi-hard",
        distances(embeddings).dataSync<"float32">(),
        labels,
        {
          margin,
        },
      ),
    );
  }
  assertEquals(tf.memory().numTensors, before + 2);
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
  const { hard, semiHard, easy } = mined.counts;
  assertEquals(hard + semiHard + easy, 1800 * 179 * 1620);
  for (
    const [miner, count] of [
      ["batch-all", 1800 * 179 * 1620],
      ["semi-hard-pytorch-metric-learning", semiHard],
    ] as const
  ) {
    assertThrows(
      () => mineTriplets(miner, distances, labels, { margin: 0.2 }),
      RangeError,
      `by "${miner}": expected at most 20000000, got ${count}`,
    );
  }
});

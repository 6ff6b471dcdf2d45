import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import type { Embeddings } from "../../../lib/numeric/embeddings.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { batchTripletLoss } from "../../../lib/triplets/losses/batch_loss.ts";
import { tripletLossAndGradient } from "../../../lib/triplets/losses/loss_and_gradient.ts";
import { tripletLoss } from "../../../lib/triplets/losses/loss.ts";
import { minerNames } from "../../../lib/triplets/miners/miners.ts";
import { drawTripletPerPair } from "../../../lib/triplets/offline/per_pair.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { valueAndGradient } from "./gradients.ts";
import * as oracle from "../oracle.ts";

const labels = [0, 0, 0, 1, 1, 1, 2, 2, 2];

/** Nine rows of length 1. */
function unitRows(seed: number): number[][] {
  const random = createRandom(seed);
  return labels.map(() => {
    const row = Array.from({ length: 4 }, () => random.normal());
    const length = Math.hypot(...row);
    return row.map((x) => x / length);
  });
}

const plain = (rows: number[][]): Embeddings => ({
  values: Float32Array.from(rows.flat()),
  count: rows.length,
  size: rows[0]!.length,
});

Deno.test("tripletLossAndGradient() by explicit takes the triplets of drawTripletPerPair()", async () => {
  for (const backend of ["cpu", "wasm"] as const) {
    await useBackend(backend);
    for (const seed of [1, 2, 3]) {
      const rows = unitRows(seed);
      const drawing = () => ({ margin: 0.8, random: createRandom(seed) });
      const drawn = drawTripletPerPair(
        oracle.matrix(rows.length, oracle.squared(rows)),
        labels,
        drawing(),
      );
      const triples = oracle.toTriples(drawn);
      assert(triples.length > 3);
      const { loss, gradient } = tripletLossAndGradient(
        "explicit",
        plain(rows),
        labels,
        drawing(),
      );
      const options = { margin: 0.8 };
      const expected = oracle.meanLoss(oracle.squared(rows), triples, options);
      assertAlmostEquals(loss, expected, 1e-6);
      oracle.meanLossGradient(rows, triples, options).flat().forEach(
        (slope, i) => assertAlmostEquals(gradient[i]!, slope, 1e-5),
      );
    }
  }
});

Deno.test("tripletLossAndGradient() is what batchTripletLoss() puts on the tape, and leaves no tensor", async () => {
  await useBackend("wasm");
  const rows = unitRows(4);
  const { numTensors } = tf.memory();
  for (const miner of minerNames) {
    const options = () => ({ margin: 0.2, random: createRandom(1) });
    const { loss, gradient } = tripletLossAndGradient(
      miner,
      plain(rows),
      labels,
      options(),
    );
    assertEquals(tf.memory().numTensors, numTensors);
    const taped = tf.tidy(() =>
      valueAndGradient(
        (x) => batchTripletLoss(miner, x, labels, options()),
        tf.tensor2d(rows),
      )
    );
    assertEquals(taped.value, Math.fround(loss));
    assertEquals(taped.gradient.flat(), [...gradient]);
  }
});

Deno.test("losses take the former name of a loss function", async () => {
  await useBackend("cpu");
  const points = plain(unitRows(5));
  const lossBy = (options: object) =>
    tripletLossAndGradient("batch-all", points, labels, {
      margin: 0.2,
      ...options,
    }).loss;
  const soft = lossBy({ lossFunction: "soft-margin" });
  assertEquals(lossBy({ penalty: "soft-margin" }), soft);
  assert(soft > lossBy({}));
  const triplets = oracle.toTriplets([[0, 1, 3]]);
  const x = tf.tensor2d(unitRows(5));
  assertEquals(
    tripletLoss(x, triplets, 0, { penalty: "soft-margin" }).arraySync(),
    tripletLoss(x, triplets, 0, { lossFunction: "soft-margin" }).arraySync(),
  );
  x.dispose();
});

Deno.test("tripletLossAndGradient() refuses a margin as text, miners that it does not know, and drawing without a stream", async () => {
  await useBackend("cpu");
  const points = plain(unitRows(1));
  const loss = (miner: string, margin: unknown) => () =>
    tripletLossAndGradient(miner as "semi-hard", points, labels, {
      margin: margin as number,
    });
  assertThrows(
    loss("semi-hard", "0.2"),
    RangeError,
    'expected margin to be a number of 0 or more, got "0.2"',
  );
  assertThrows(loss("constructor", 0.2), RangeError, 'got "constructor"');
  for (const miner of ["explicit", "distance-weighted"]) {
    assertThrows(
      loss(miner, 0.2),
      RangeError,
      "expected random to be a stream of createRandom, got nothing",
    );
  }
});

import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { ruleLoss } from "../../../lib/triplets/losses/rule_loss.ts";
import { batchTripletLoss } from "../../../lib/triplets/losses/batch_loss.ts";
import { squaredDistances } from "../../../lib/triplets/distances/distances.ts";
import { drawTripletPerPair } from "../../../lib/triplets/offline/per_pair.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";

const labels = [0, 0, 0, 1, 1, 1, 2, 2, 2];

function unitEmbeddings(seed: number): tf.Tensor2D {
  const random = createRandom(seed);
  const values = Array.from({ length: 9 * 4 }, () => random.normal());
  return tf.tidy(() => {
    const x = tf.tensor2d(values, [9, 4]);
    return tf.div(x, tf.norm(x, 2, 1, true));
  });
}

/** The mean of max(0, d(a,p) − d(a,n) + margin), one triplet at a time. */
function oracle(x: tf.Tensor2D, margin: number, seed: number): number {
  const rows = x.arraySync();
  const distance = (a: number, b: number) =>
    rows[a]!.reduce((sum, value, i) => sum + (value - rows[b]![i]!) ** 2, 0);
  const { anchors, positives, negatives } = drawTripletPerPair(
    squaredDistances(x),
    labels,
    { margin, random: createRandom(seed) },
  );
  assert(anchors.length > 3);
  const losses = [...anchors].map((a, i) =>
    Math.max(
      0,
      distance(a, positives[i]!) - distance(a, negatives[i]!) + margin,
    )
  );
  return losses.reduce((a, b) => a + b) / losses.length;
}

Deno.test("ruleLoss() draws a triplet per pair and takes their mean", async () => {
  await useBackend("cpu");
  for (const seed of [1, 2, 3]) {
    const x = unitEmbeddings(seed);
    const options = { margin: 0.8, random: createRandom(seed) };
    const loss = ruleLoss("explicit", x, labels, options).arraySync();
    assertAlmostEquals(loss, oracle(x, 0.8, seed), 1e-6);
  }
});

Deno.test("ruleLoss() has the gradient of the triplets it drew", async () => {
  await useBackend("cpu");
  const x = unitEmbeddings(1);
  const lossAt = (x: tf.Tensor) =>
    ruleLoss("explicit", x as tf.Tensor2D, labels, {
      margin: 0.8,
      random: createRandom(4),
    });
  const gradient = tf.grad(lossAt)(x).dataSync();
  const [values, step] = [x.dataSync(), 1e-3];
  for (const i of [0, 7, 18, 35]) {
    const moved = (by: number) => {
      const other = values.slice();
      other[i]! += by;
      return lossAt(tf.tensor2d(other, [9, 4])).arraySync();
    };
    const expected = (moved(step) - moved(-step)) / (2 * step);
    assertAlmostEquals(gradient[i]!, expected, 2e-3);
  }
});

Deno.test("ruleLoss() leaves mined rules to batchTripletLoss", async () => {
  await useBackend("cpu");
  const x = unitEmbeddings(1);
  for (const rule of ["semi-hard", "batch-hard", "batch-all"] as const) {
    assertEquals(
      ruleLoss(rule, x, labels, { margin: 0.2 }).arraySync(),
      batchTripletLoss(rule, x, labels, { margin: 0.2 }).arraySync(),
    );
  }
});

Deno.test("ruleLoss() refuses a margin as text, and rules that it does not know", async () => {
  await useBackend("cpu");
  const x = unitEmbeddings(1);
  assertThrows(
    () => ruleLoss("semi-hard", x, labels, { margin: "0.2" as never }),
    RangeError,
    'expected margin to be a number of 0 or more, got "0.2"',
  );
  assertThrows(
    () => ruleLoss("constructor" as "semi-hard", x, labels, { margin: 0.2 }),
    RangeError,
    'got "constructor"',
  );
});

Deno.test("ruleLoss() needs something to draw with", async () => {
  await useBackend("cpu");
  const x = unitEmbeddings(1);
  for (const rule of ["explicit", "distance-weighted"] as const) {
    assertThrows(
      () => ruleLoss(rule, x, labels, { margin: 0.2 }),
      RangeError,
      "expected random to be a stream of createRandom, got nothing",
    );
  }
});

import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { createRandom } from "../../lib/random.ts";
import { tripletLoss } from "../../lib/triplets/loss.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../assert.ts";
import { testOnBackends } from "./backends.ts";
import { batches, margins } from "./batches.ts";
import { assertGradient, valueAndGradient } from "./gradients.ts";
import { golden, goldenRules } from "./golden.ts";
import * as oracle from "./oracle.ts";

for (const { rule, triples, loss, gradient } of goldenRules) {
  testOnBackends(`tripletLoss() equals PyTorch's over ${rule}`, () => {
    const { embeddings, labels, size, margin } = golden;
    const actual = valueAndGradient(
      (x) => tripletLoss(x, oracle.toTriplets(triples), margin),
      tf.tensor2d(embeddings, [labels.length, size]),
    );
    assertAlmostEquals(actual.value, loss, 1e-5 * loss);
    assertGradient(actual.gradient.flat(), gradient);
  });
}

testOnBackends(
  "tripletLoss() equals its definition, and is finite at duplicates",
  () => {
    fc.assert(
      fc.property(
        batches,
        margins,
        fc.infiniteStream(fc.nat()),
        (batch, margin, draws) => {
          const { rows } = batch;
          const draw = () => draws.next().value! % rows.length;
          const triples = rows.map(
            (): oracle.Triple => [draw(), draw(), draw()],
          );
          const actual = valueAndGradient(
            (x) => tripletLoss(x, oracle.toTriplets(triples), margin),
            tf.tensor2d(rows),
          );
          const value = oracle.meanLoss(oracle.squared(rows), triples, margin);
          assertAlmostEquals(actual.value, value, 1e-5);
        },
      ),
      { numRuns: 30 },
    );
  },
);

testOnBackends("tripletLoss() has the slope of its value", () => {
  const random = createRandom(8);
  const rows = Array.from(
    { length: 9 },
    () => [random.normal(), random.normal()],
  );
  const triples = Array.from({ length: 20 }, (): oracle.Triple => [
    random.integer(3),
    3 + random.integer(3),
    6 + random.integer(3),
  ]);
  const { gradient } = valueAndGradient(
    (x) => tripletLoss(x, oracle.toTriplets(triples), 0.5),
    tf.tensor2d(rows),
  );
  const step = 1e-6;
  const nudged = (a: number, i: number, by: number) => {
    const moved = rows.map((row) => [...row]);
    moved[a]![i]! += by;
    return oracle.meanLoss(oracle.squared(moved), triples, 0.5);
  };
  rows.forEach((row, a) =>
    row.forEach((_, i) => {
      const slope = (nudged(a, i, step) - nudged(a, i, -step)) / (2 * step);
      assertAlmostEquals(gradient[a]![i]!, slope, 1e-5);
    })
  );
});

testOnBackends("tripletLoss() of no triplets is 0 with gradient 0", () => {
  const { value, gradient } = valueAndGradient(
    (x) => tripletLoss(x, oracle.toTriplets([]), 1),
    tf.tensor2d([[1], [2]]),
  );
  assertEquals(value, 0);
  assert(gradient.flat().every((slope) => slope === 0));
});

testOnBackends("tripletLoss() keeps its digits over very many triplets", () => {
  const triples = Array.from(
    { length: 300_000 },
    (): oracle.Triple => [0, 1, 2],
  );
  const loss = tripletLoss(
    tf.tensor2d([[0], [0.3], [0.7]]),
    oracle.toTriplets(triples),
    0.7,
  );
  assertAlmostEquals(loss.arraySync(), 0.09 - 0.49 + 0.7, 3e-6);
});

testOnBackends("tripletLoss() is NaN where an embedding is", () => {
  const loss = tripletLoss(
    tf.tensor2d([[0], [NaN], [1], [2]]),
    oracle.toTriplets([[0, 1, 2]]),
    1,
  );
  assert(Number.isNaN(loss.arraySync()));
});

testOnBackends(
  "tripletLoss() leaves its result alone, and a gradient itself",
  () => {
    const x = tf.tensor2d([[0], [2], [1]]);
    const triplets = oracle.toTriplets([[0, 1, 2]]);
    const before = tf.memory().numTensors;
    tripletLoss(x, triplets, 1);
    assertEquals(tf.memory().numTensors, before + 1);
    tf.valueAndGrad((x) => tripletLoss(x as tf.Tensor2D, triplets, 1))(x);
    assertEquals(tf.memory().numTensors, before + 3);
  },
);

Deno.test("tripletLoss() refuses bad triplets, margins and shapes", async () => {
  await tf.setBackend("cpu");
  const x = tf.tensor2d([[0], [2], [1]]);
  const triplets = oracle.toTriplets([[0, 1, 2]]);
  const refuses = (message: string, call: () => unknown) =>
    assertThrows(call, RangeError, message);
  refuses("got 3", () => tripletLoss(x, oracle.toTriplets([[0, 1, 3]]), 1));
  refuses("got -1", () => tripletLoss(x, oracle.toTriplets([[-1, 1, 2]]), 1));
  refuses(
    "got 1, 2, 1",
    () => tripletLoss(x, { ...triplets, positives: Int32Array.of(1, 2) }, 1),
  );
  refuses("got -1", () => tripletLoss(x, triplets, -1));
  refuses(
    "got [3]",
    () => tripletLoss(x.flatten() as unknown as tf.Tensor2D, triplets, 1),
  );
});

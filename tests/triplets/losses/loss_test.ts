import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { createRandom } from "../../../lib/numeric/random.ts";
import { tripletLoss } from "../../../lib/triplets/losses/loss.ts";
import type { TripletLossOptions } from "../../../lib/triplets/losses/options.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { testOnBackends } from "../backends.ts";
import { batches, margins, weightings } from "../batches.ts";
import { assertGradient, valueAndGradient } from "./gradients.ts";
import { golden, goldenMiners } from "../golden/golden.ts";
import * as oracle from "../oracle.ts";

for (
  const { miner, triples, loss, gradient, active, softMargin } of goldenMiners
) {
  testOnBackends(
    `tripletLoss() equals pytorch-metric-learning's over ${miner}`,
    () => {
      const { embeddings, labels, size, margin } = golden;
      const compute = (options?: TripletLossOptions) =>
        valueAndGradient(
          (x) => tripletLoss(x, oracle.toTriplets(triples), margin, options),
          tf.tensor2d(embeddings, [labels.length, size]),
        );
      const hinge = compute();
      assertAlmostEquals(hinge.value, loss, 1e-5 * loss);
      assertGradient(hinge.gradient.flat(), gradient);
      const { value } = compute({ mean: "active" });
      assertAlmostEquals(value, active, 1e-5 * active);
      const soft = compute({ lossFunction: "soft-margin" });
      assertAlmostEquals(soft.value, softMargin, 1e-5 * softMargin);
    },
  );
}

testOnBackends(
  "tripletLoss() equals its definition, and is finite at duplicates",
  () => {
    fc.assert(
      fc.property(
        batches,
        margins,
        weightings,
        fc.infiniteStream(fc.nat()),
        (batch, margin, weighting, draws) => {
          const { rows } = batch;
          const draw = () => draws.next().value! % rows.length;
          const triples = rows.map(
            (): oracle.Triple => [draw(), draw(), draw()],
          );
          const actual = valueAndGradient(
            (x) =>
              tripletLoss(x, oracle.toTriplets(triples), margin, weighting),
            tf.tensor2d(rows),
          );
          const value = oracle.meanLoss(oracle.squared(rows), triples, {
            margin,
            ...weighting,
          });
          assertAlmostEquals(actual.value, value, 1e-5);
        },
      ),
      { numRuns: 30 },
    );
  },
);

for (const lossFunction of ["hinge", "soft-margin"] as const) {
  for (const metric of ["squared", "cosine"] as const) {
    testOnBackends(
      `tripletLoss() has the slope of its value with ${lossFunction} and ${metric}`,
      () => {
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
          (x) =>
            tripletLoss(x, oracle.toTriplets(triples), 0.5, {
              lossFunction,
              metric,
            }),
          tf.tensor2d(rows),
        );
        const step = 1e-6;
        const nudged = (a: number, i: number, by: number) => {
          const moved = rows.map((row) => [...row]);
          moved[a]![i]! += by;
          return oracle.meanLoss(oracle[metric](moved), triples, {
            margin: 0.5,
            lossFunction,
          });
        };
        rows.forEach((row, a) =>
          row.forEach((_, i) => {
            const slope = (nudged(a, i, step) - nudged(a, i, -step)) /
              (2 * step);
            assertAlmostEquals(gradient[a]![i]!, slope, 1e-5);
          })
        );
      },
    );
  }
}

testOnBackends(
  "tripletLoss() is finite where a soft margin's gap is huge",
  () => {
    const triplets = oracle.toTriplets([[0, 1, 2], [0, 2, 1]]);
    const { value, gradient } = valueAndGradient(
      (x) => tripletLoss(x, triplets, 0, { lossFunction: "soft-margin" }),
      tf.tensor2d([[0], [1e4], [0]]),
    );
    assertEquals(value, 5e7);
    assertGradient(gradient.flat(), [-1e4, 1e4, 0]);
  },
);

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
    "expected 1 positives, got 2",
    () => tripletLoss(x, { ...triplets, positives: Int32Array.of(1, 2) }, 1),
  );
  refuses("got -1", () => tripletLoss(x, triplets, -1));
  refuses(
    `one of hinge, soft-margin, got "toString"`,
    () => tripletLoss(x, triplets, 1, { lossFunction: "toString" as "hinge" }),
  );
  refuses(
    `one of all, active, got "nonzero"`,
    () => tripletLoss(x, triplets, 1, { mean: "nonzero" as "active" }),
  );
  refuses(
    "got a tensor of shape [3]",
    () => tripletLoss(x.flatten() as unknown as tf.Tensor2D, triplets, 1),
  );
});

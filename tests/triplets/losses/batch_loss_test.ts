import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { createRandom } from "../../../lib/numeric/random.ts";
import { batchTripletLoss } from "../../../lib/triplets/losses/batch_loss.ts";
import { tripletLoss } from "../../../lib/triplets/losses/loss.ts";
import { mineTriplets } from "../../../lib/triplets/miners/mine.ts";
import {
  type MinerName,
  minerNames,
} from "../../../lib/triplets/miners/miners.ts";
import type { LossOptions } from "../../../lib/triplets/losses/options.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";
import { testOnBackends } from "../backends.ts";
import { batches, line, margins, unitBatches, weightings } from "../batches.ts";
import { golden, goldenMiners } from "../golden/golden.ts";
import { assertGradient, valueAndGradient } from "./gradients.ts";
import * as oracle from "../oracle.ts";
import { fixedMiners } from "../miners.ts";

const goldenEmbeddings = () =>
  tf.tensor2d(golden.embeddings, [golden.labels.length, golden.size]);

for (const { miner, loss, gradient, active, softMargin } of goldenMiners) {
  testOnBackends(
    `batchTripletLoss() equals pytorch-metric-learning's over the triplets of ${miner}`,
    () => {
      const { labels, margin } = golden;
      const compute = (options?: Partial<LossOptions>) =>
        valueAndGradient(
          (x) => batchTripletLoss(miner, x, labels, { margin, ...options }),
          goldenEmbeddings(),
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
  "batchTripletLoss() equals pytorch-metric-learning's by cosine",
  () => {
    const { cosine, labels, size, margin } = golden;
    const actual = valueAndGradient(
      (x) =>
        batchTripletLoss("batch-all", x, labels, { margin, metric: "cosine" }),
      tf.tensor2d(cosine.embeddings, [labels.length, size]),
    );
    assertAlmostEquals(actual.value, cosine.loss, 1e-5 * cosine.loss);
    assertGradient(actual.gradient.flat(), cosine.gradient);
  },
);

testOnBackends("batchTripletLoss() gives the line's known losses", () => {
  const loss = (miner: MinerName, mean: "all" | "active") => {
    const options = { margin: 1, mean };
    const x = tf.tensor2d(line.rows);
    return batchTripletLoss(miner, x, line.labels, options).arraySync();
  };
  assertAlmostEquals(loss("batch-all", "all"), 165 / 116, 1e-6);
  assertAlmostEquals(loss("batch-all", "active"), 2.8947368, 1e-6);
  assertAlmostEquals(loss("batch-hard", "all"), 4.125, 1e-6);
  assertAlmostEquals(loss("semi-hard", "all"), 16 / 26, 1e-6);
  assertEquals(loss("semi-hard-pytorch-metric-learning", "all"), 0);
});

for (const miner of minerNames) {
  testOnBackends(
    `batchTripletLoss() equals mining and loss by ${miner}, ties and all`,
    () => {
      const any = miner === "distance-weighted" ? unitBatches : batches;
      fc.assert(
        fc.property(
          any,
          margins,
          weightings,
          ({ rows, labels }, margin, weighting) => {
            const x = tf.tensor2d(rows);
            const random = () => createRandom(labels.length);
            const whole = valueAndGradient(
              (x) =>
                batchTripletLoss(miner, x, labels, {
                  margin,
                  random: random(),
                  ...weighting,
                }),
              x,
            );
            const mined = mineTriplets(miner, { embeddings: x }, labels, {
              margin,
              random: random(),
            });
            const listed = valueAndGradient(
              (x) => tripletLoss(x, mined, margin, weighting),
              x,
            );
            assertAlmostEquals(whole.value, listed.value, 1e-5);
            assertGradient(whole.gradient.flat(), listed.gradient.flat());
          },
        ),
        { numRuns: 25 },
      );
    },
  );
}

for (const miner of fixedMiners) {
  testOnBackends(
    `batchTripletLoss() by ${miner} has its definition's gradient`,
    () => {
      const random = createRandom(2);
      const rows = Array.from(
        { length: 40 },
        () => Array.from({ length: 5 }, () => random.normal()),
      );
      const labels = rows.map(() => random.integer(6));
      const margin = 0.3;
      const triples = oracle.mine(miner, oracle.squared(rows), labels, margin);
      for (const lossFunction of ["hinge", "soft-margin"] as const) {
        for (const mean of ["all", "active"] as const) {
          const options = { margin, lossFunction, mean };
          const actual = valueAndGradient(
            (x) => batchTripletLoss(miner, x, labels, options),
            tf.tensor2d(rows),
          );
          const value = oracle.meanLoss(oracle.squared(rows), triples, options);
          assertAlmostEquals(actual.value, value, 1e-5 * value);
          assertGradient(
            actual.gradient.flat(),
            oracle.meanLossGradient(rows, triples, options).flat(),
          );
        }
      }
    },
  );
}

import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { createRandom } from "../../../lib/numeric/random.ts";
import { countPairs } from "../../../lib/triplets/batch/classes.ts";
import { graphLoss } from "../../../lib/triplets/graph/loss.ts";
import { rowLoss } from "../../../lib/triplets/losses/row_loss.ts";
import { findRule } from "../../../lib/triplets/miners/rules.ts";
import type { MeanLoss } from "../../../lib/triplets/losses/mean_loss.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { testOnBackends } from "../backends.ts";
import { batches, line, margins, weightings } from "../batches.ts";
import { assertGradient } from "../losses/gradients.ts";
import * as oracle from "../oracle.ts";
import { drawingRules, fixedRules } from "../rules.ts";

/** Value and derivative in the distances. */
function readBack({ value, slopes, share }: MeanLoss) {
  return {
    value: value.dataSync()[0]!,
    gradient: [...tf.mul(slopes, share).dataSync()],
  };
}

/** A batch of five classes, as a distance matrix. */
function fiveClasses(n: number) {
  const random = createRandom(n);
  const rows = Array.from({ length: n }, () => [random.uniform()]);
  return {
    labels: Int32Array.from(rows, (_, i) => i % 5),
    distances: tf.tensor2d(oracle.matrix(n, oracle.squared(rows)), [n, n]),
  };
}

for (const rule of fixedRules) {
  testOnBackends(`graphLoss() equals rowLoss() by ${rule}`, () => {
    fc.assert(
      fc.property(
        batches,
        margins,
        weightings,
        ({ rows, labels }, margin, weighting) => {
          const classes = Int32Array.from(labels);
          fc.pre(countPairs(classes).triplets > 0);
          const n = rows.length;
          const distances = tf.tensor2d(
            oracle.matrix(n, oracle.squared(rows)),
            [n, n],
          );
          const [graph, row] = [graphLoss, rowLoss].map((evaluate) =>
            readBack(evaluate(findRule(rule, {}), distances, classes, {
              margin,
              ...weighting,
            }))
          );
          assertAlmostEquals(graph!.value, row!.value, 1e-5);
          assertGradient(graph!.gradient, row!.gradient);
        },
      ),
      { numRuns: 25 },
    );
  });

  testOnBackends(`graphLoss() by ${rule} reads nothing back`, () => {
    const { labels, distances } = fiveClasses(12);
    const { dataSync } = tf.Tensor.prototype;
    tf.Tensor.prototype.dataSync = () => {
      throw new Error("read back");
    };
    try {
      graphLoss(findRule(rule, {}), distances, labels, { margin: 1 });
    } finally {
      tf.Tensor.prototype.dataSync = dataSync;
    }
  });

  testOnBackends(
    `graphLoss() by ${rule} is NaN where a distance is not finite`,
    () => {
      for (const odd of [NaN, Infinity]) {
        const values = oracle.matrix(9, (a, b) => Math.abs(a - b));
        values[3 * 9 + 4] = odd;
        const distances = tf.tensor2d(values, [9, 9]);
        const labels = Int32Array.from(line.labels);
        const loss = readBack(
          graphLoss(findRule(rule, {}), distances, labels, { margin: 3 }),
        );
        assert(Number.isNaN(loss.value));
        assert(loss.gradient.every(Number.isNaN));
      }
    },
  );

  Deno.test(`graphLoss() by ${rule} takes O(n²) memory`, async () => {
    await tf.setBackend("cpu");
    const { labels, distances } = fiveClasses(100);
    const { peakBytes } = await tf.profile(() =>
      tf.tidy(() => {
        const options = { margin: 1 };
        return graphLoss(findRule(rule, {}), distances, labels, options).value;
      })
    );
    const matrices = peakBytes / (4 * 100 ** 2);
    assert(matrices < 25, `expected at most 25 matrices, got ${matrices}`);
    distances.dispose();
  });
}

Deno.test("graphLoss() refuses rules that draw, and says what to do", async () => {
  await tf.setBackend("cpu");
  const { labels, distances } = fiveClasses(10);
  for (const rule of drawingRules) {
    const needs = { random: createRandom(1), embeddingSize: 3 };
    assertThrows(
      () => graphLoss(findRule(rule, needs), distances, labels, { margin: 1 }),
      Error,
      "expected wasm or cpu",
    );
  }
  assertEquals(distances.isDisposed, false);
  distances.dispose();
});

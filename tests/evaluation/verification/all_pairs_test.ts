import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { rocOfAllPairs } from "../../../lib/evaluation/verification/all_pairs.ts";
import { rocCurve } from "../../../lib/evaluation/verification/roc.ts";
import {
  areaUnderRoc,
  equalErrorRate,
} from "../../../lib/evaluation/verification/roc_measures.ts";
import { validationAtFar } from "../../../lib/evaluation/verification/threshold.ts";
import { upperBound } from "../../../lib/numeric/search.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import golden from "../../fixtures/measures.json" with { type: "json" };
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { testOnBackends } from "../../triplets/backends.ts";
import {
  listPairs,
  severalClasses,
  toTensor,
  unusable,
} from "../embeddings/labelled.ts";
import { assertNear } from "../embeddings/near.ts";

await tf.setBackend("cpu");

testOnBackends("rocOfAllPairs() equals scikit-learn's measures", () => {
  const { images, ...expected } = golden.allPairs;
  const roc = rocOfAllPairs({
    embeddings: tf.tensor2d(golden.queries.embeddings.slice(0, images)),
    labels: golden.queries.labels.slice(0, images),
  });
  assertNear(roc.thresholds.subarray(1), expected.thresholds);
  assertNear(roc.validationRates, expected.validationRates, 1e-12);
  assertNear(roc.falseAcceptRates, expected.falseAcceptRates, 1e-12);
  assertAlmostEquals(areaUnderRoc(roc), expected.auc, 1e-12);
  assertAlmostEquals(equalErrorRate(roc).rate, expected.eer, 1e-9);
  for (const [far, val] of expected.validationAtFar) {
    assertAlmostEquals(validationAtFar(roc, far!).validationRate, val!, 1e-12);
  }
});

testOnBackends("rocOfAllPairs() is the curve of the list of pairs", () => {
  fc.assert(fc.property(severalClasses, (written) => {
    const { positive, negative } = listPairs(written);
    assertEquals(
      rocOfAllPairs(toTensor(written)),
      rocCurve({
        positive: Float32Array.from(positive),
        negative: Float32Array.from(negative),
      }),
    );
  }));
});

/** So many images that their pairs are counted in steps. */
function manyOnGrid(side: number) {
  const random = createRandom(9);
  const rows = Array.from({ length: 800 }, (_, i) => [
    random.integer(side) + (i % 3) * Math.floor(side / 4),
    random.integer(side),
  ]);
  return { rows, labels: rows.map((_, i) => i % 3) };
}

testOnBackends(
  "rocOfAllPairs() in steps tells apart what float32's leading bits do",
  () => {
    // Whole distances below 2^16 differ in the 16 digits that are kept.
    const written = manyOnGrid(100);
    const { positive, negative } = listPairs(written);
    const exact = rocCurve({
      positive: Float32Array.from(positive),
      negative: Float32Array.from(negative),
    });
    const before = tf.memory().numTensors;
    const { embeddings, labels } = toTensor(written);
    const { thresholds, ...inSteps } = rocOfAllPairs({ embeddings, labels });
    assertEquals(tf.memory().numTensors, before + 1);
    assertEquals(inSteps, {
      validationRates: exact.validationRates,
      falseAcceptRates: exact.falseAcceptRates,
      positives: exact.positives,
      negatives: exact.negatives,
    });
    assertEquals(thresholds.map(Math.floor), exact.thresholds);
  },
);

Deno.test("rocOfAllPairs() in steps is exact at each of its thresholds", () => {
  const written = manyOnGrid(2000);
  const { positive, negative } = listPairs(written);
  const roc = rocOfAllPairs(toTensor(written));
  const [near, far] = [positive, negative].map((list) =>
    Float64Array.from(list).sort()
  ) as [Float64Array, Float64Array];
  const counts = (list: Float64Array) =>
    roc.thresholds.map((threshold) => upperBound(list, threshold));
  assertEquals(
    [...roc.validationRates],
    [...counts(near)].map((count) => count / near.length),
  );
  assertEquals(
    [...roc.falseAcceptRates],
    [...counts(far)].map((count) => count / far.length),
  );
  const exact = rocCurve({
    positive: Float32Array.from(near),
    negative: Float32Array.from(far),
  });
  assert(exact.thresholds.length > 1.5 * roc.thresholds.length);
  assertAlmostEquals(areaUnderRoc(roc), areaUnderRoc(exact), 1e-7);
  assertAlmostEquals(
    equalErrorRate(roc).rate,
    equalErrorRate(exact).rate,
    1e-4,
  );
});

Deno.test("rocOfAllPairs() refuses bad input and says what came", () => {
  const refuses = (
    message: string,
    embeddings: tf.Tensor2D,
    labels: number[],
  ) =>
    assertThrows(
      () => rocOfAllPairs({ embeddings, labels }),
      RangeError,
      message,
    );
  for (const [embeddings, labels, message] of unusable()) {
    refuses(message, embeddings, labels);
  }
  refuses("got 3 and 0", tf.eye(3), [4, 4, 4]);
  refuses("got 0 and 3", tf.eye(3), [1, 2, 3]);
  refuses("got 0 and 0", tf.eye(1), [1]);
  refuses(
    "expected at most 4294967296 pairs, got 4999950000",
    tf.zeros([100_000, 1]),
    Array.from({ length: 100_000 }, (_, i) => i % 2),
  );
  assertThrows(
    () => rocOfAllPairs({ embeddings: tf.ones([2]) as never, labels: [1, 2] }),
    RangeError,
    "expected embeddings of shape [n, size], got a tensor of shape [2]",
  );
});

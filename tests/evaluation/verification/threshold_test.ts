import fc from "fast-check";
import { rocCurve } from "../../../lib/evaluation/verification/roc.ts";
import { equalErrorRate } from "../../../lib/evaluation/verification/roc_measures.ts";
import {
  applyThreshold,
  chooseThreshold,
  type ThresholdGoal,
  validationAtFar,
} from "../../../lib/evaluation/verification/threshold.ts";
import { wilsonInterval } from "../../../lib/evaluation/statistics/wilson.ts";
import golden from "../../fixtures/measures.json" with { type: "json" };
import {
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { candidates, decide, pairLists } from "./pairs.ts";

const { positive, negative, ...expected } = golden.tiedPairs;
const tied = rocCurve({
  positive: Float32Array.from(positive),
  negative: Float32Array.from(negative),
});

Deno.test("validationAtFar() equals the largest rate of scikit-learn's curve", () => {
  for (const [far, val] of expected.validationAtFar) {
    assertAlmostEquals(validationAtFar(tied, far!).validationRate, val!, 1e-12);
  }
});

Deno.test("chooseThreshold() at a FAR takes the largest threshold that keeps it", () => {
  const rates = fc.double({ min: 0.05, max: 1, noNaN: true });
  fc.assert(fc.property(pairLists, rates, (pairs, far) => {
    fc.pre(pairs.negative.length * far >= 1);
    const roc = rocCurve(pairs);
    const threshold = chooseThreshold(roc, { far });
    assertEquals(
      threshold,
      candidates(pairs).findLast((t) => decide(pairs, t).far <= far),
    );
    assertEquals(validationAtFar(roc, far), applyThreshold(roc, threshold));
  }));
});

Deno.test("chooseThreshold() by accuracy takes the lowest of the best", () => {
  fc.assert(fc.property(pairLists, (pairs) => {
    const accuracies = candidates(pairs).map((t) => decide(pairs, t).accuracy);
    assertEquals(
      chooseThreshold(rocCurve(pairs), "accuracy"),
      candidates(pairs)[accuracies.indexOf(Math.max(...accuracies))],
    );
  }));
});

Deno.test("chooseThreshold() by equal error is that of equalErrorRate()", () => {
  assertEquals(
    chooseThreshold(tied, "equal-error"),
    equalErrorRate(tied).threshold,
  );
});

Deno.test("applyThreshold() counts pair by pair, whatever the threshold", () => {
  const thresholds = fc.oneof(
    fc.double({ min: -1, max: 4, noNaN: true }),
    fc.constantFrom(0, 0.25, 1, Infinity, -Infinity),
  );
  fc.assert(fc.property(pairLists, thresholds, (pairs, threshold) => {
    const { val, far, accuracy } = decide(pairs, threshold);
    const { length: positives } = pairs.positive;
    const { length: negatives } = pairs.negative;
    assertEquals(applyThreshold(rocCurve(pairs), threshold), {
      threshold,
      validationRate: val,
      validationInterval: wilsonInterval(
        Math.round(val * positives),
        positives,
      ),
      falseAcceptRate: far,
      falseAcceptInterval: wilsonInterval(
        Math.round(far * negatives),
        negatives,
      ),
      accuracy,
    });
  }));
});

Deno.test("chooseThreshold() needs one negative pair per wrong accept asked for", () => {
  const roc = (negatives: number) =>
    rocCurve({
      positive: Float32Array.of(1),
      negative: new Float32Array(negatives).fill(2).fill(0.5, 0, 1),
    });
  assertThrows(
    () => validationAtFar(roc(999), 0.001),
    RangeError,
    "Cannot choose a threshold: expected at least 1000 negative pairs for a false accept rate of 0.001, got 999",
  );
  assertEquals(validationAtFar(roc(1000), 0.001).validationRate, 1);
  // 1 / (1 / 49) is a hair above 49.
  assertEquals(validationAtFar(roc(49), 1 / 49).validationRate, 1);
  assertThrows(() => validationAtFar(roc(48), 1 / 49), RangeError, "least 49");
});

Deno.test("chooseThreshold() accepts nothing where the nearest pairs are wrong", () => {
  const roc = rocCurve({
    positive: Float32Array.of(1, 2),
    negative: Float32Array.of(0, 0, 0, 3),
  });
  assertEquals(chooseThreshold(roc, { far: 0.5 }), -Infinity);
  assertEquals(validationAtFar(roc, 0.5).validationRate, 0);
});

Deno.test("chooseThreshold() and applyThreshold() refuse bad input", () => {
  for (const far of [0, -0.1, 1.1, NaN, Infinity]) {
    assertThrows(
      () => chooseThreshold(tied, { far }),
      RangeError,
      `expected the false accept rate to be a number above 0 and of at most 1, got ${far}`,
    );
  }
  assertThrows(
    () => chooseThreshold(tied, "best" as ThresholdGoal),
    RangeError,
    `expected { far }, "accuracy" or "equal-error", got "best"`,
  );
  assertThrows(
    () => applyThreshold(tied, NaN),
    RangeError,
    "expected the threshold to be a number, got NaN",
  );
});

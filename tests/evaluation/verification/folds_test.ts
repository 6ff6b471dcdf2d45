import fc from "fast-check";
import {
  mergeRocs,
  verifyOverFolds,
} from "../../../lib/evaluation/verification/folds.ts";
import type { PairDistances } from "../../../lib/evaluation/verification/pair_distances.ts";
import { rocCurve } from "../../../lib/evaluation/verification/roc.ts";
import {
  applyThreshold,
  chooseThreshold,
  type ThresholdGoal,
} from "../../../lib/evaluation/verification/threshold.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { pairLists } from "./pairs.ts";

const concat = (lists: Float32Array[]) =>
  Float32Array.from(lists.flatMap((list) => [...list]));

function together(folds: PairDistances[]): PairDistances {
  return {
    positive: concat(folds.map(({ positive }) => positive)),
    negative: concat(folds.map(({ negative }) => negative)),
  };
}

Deno.test("mergeRocs() is the curve of all pairs together", () => {
  fc.assert(fc.property(pairLists, pairLists, (a, b) => {
    assertEquals(
      mergeRocs(rocCurve(a), rocCurve(b)),
      rocCurve(together([a, b])),
    );
  }));
});

Deno.test("verifyOverFolds() decides each fold by the pairs of all the others", () => {
  const folds = fc.array(pairLists, { minLength: 2, maxLength: 5 });
  const goals = fc.constantFrom<ThresholdGoal>(
    "accuracy",
    "equal-error",
    { far: 1 },
  );
  fc.assert(fc.property(folds, goals, (folds, goal) => {
    const result = verifyOverFolds(folds.map(rocCurve), goal);
    const expected = folds.map((fold, i) => {
      const others = rocCurve(together(folds.filter((_, j) => j !== i)));
      return applyThreshold(rocCurve(fold), chooseThreshold(others, goal));
    });
    assertEquals(result.folds, expected);
    const measures = ["accuracy", "validationRate", "falseAcceptRate"] as const;
    for (const name of measures) {
      const values = expected.map((fold) => fold[name]);
      const mean = values.reduce((a, b) => a + b) / values.length;
      assertAlmostEquals(result[name].mean, mean, 1e-12);
    }
  }));
});

Deno.test("verifyOverFolds() refuses a single fold and a FAR that the others cannot show", () => {
  const fold = rocCurve({
    positive: Float32Array.of(1),
    negative: Float32Array.of(2, 3),
  });
  assertThrows(
    () => verifyOverFolds([fold], "accuracy"),
    RangeError,
    "expected at least two, got 1",
  );
  assertThrows(
    () => verifyOverFolds([fold, fold, fold], { far: 0.2 }),
    RangeError,
    "expected at least 5 negative pairs for a false accept rate of 0.2, got 4",
  );
});

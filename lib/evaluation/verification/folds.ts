import { checkLength } from "../../numeric/list.ts";
import { refuse } from "../../numeric/refuse.ts";
import { checkRoc, type Roc, rocOfCounts } from "./roc.ts";
import { type Spread, spread } from "../statistics/spread.ts";
import {
  applyThreshold,
  chooseThreshold,
  type ThresholdGoal,
  type Verification,
} from "./threshold.ts";

/** Means over the folds, each with its standard error, as LFW reports them. */
export interface FoldVerification {
  /** Each fold's result, with the threshold chosen on the others. */
  folds: Verification[];
  /** VAL. */
  validationRate: Spread;
  /** FAR. */
  falseAcceptRate: Spread;
  /** The share of right decisions. */
  accuracy: Spread;
}

/**
 * Verifies as Labeled Faces in the Wild does (Huang et al. 2007, its "view 2"):
 * each fold's pairs are decided by the threshold that is best for the pairs of
 * all the others, and the result is the mean over folds with its standard
 * error.
 *
 * @param folds The ROC curve of each fold's pairs, at least two. Folds should
 * not share images: `divideIntoFolds` makes such.
 * @param goal What the thresholds are to achieve.
 * @throws {RangeError} If there are fewer than two folds, or as
 * `chooseThreshold`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rocCurve } from "./roc.ts";
 *
 * const fold = (positive: number[], negative: number[]) =>
 *   rocCurve({
 *     positive: Float32Array.from(positive),
 *     negative: Float32Array.from(negative),
 *   });
 * const { folds, accuracy } = verifyOverFolds([
 *   fold([1, 2], [3, 4]),
 *   fold([1, 3], [4, 5]),
 * ], "accuracy");
 * assert.deepEqual(folds.map(({ threshold }) => threshold), [3, 2]);
 * assert.deepEqual(accuracy, { mean: 0.75, standardError: 0 });
 * ```
 */
export function verifyOverFolds(
  folds: readonly Roc[],
  goal: ThresholdGoal,
): FoldVerification {
  const action = "verify over folds";
  checkLength(action, "folds", folds);
  if (folds.length < 2) refuse(action, "at least two", `${folds.length}`);
  for (const fold of folds) checkRoc(action, fold);
  const results = folds.map((fold, i) => {
    const others = folds.filter((_, j) => j !== i).reduce(mergeRocs);
    return applyThreshold(fold, chooseThreshold(others, goal));
  });
  const over = (
    rate: "validationRate" | "falseAcceptRate" | "accuracy",
  ) => spread(results.map((result) => result[rate]));
  return {
    folds: results,
    validationRate: over("validationRate"),
    falseAcceptRate: over("falseAcceptRate"),
    accuracy: over("accuracy"),
  };
}

/** Computes the ROC curve of the pairs of two curves together. */
export function mergeRocs(a: Roc, b: Roc): Roc {
  const most = a.thresholds.length + b.thresholds.length - 1;
  const thresholds = new Float32Array(most);
  const trueAccepts = new Float64Array(most);
  const falseAccepts = new Float64Array(most);
  let length = 0;
  for (let [i, j] = [-1, -1];; length++) {
    const threshold = Math.min(
      a.thresholds[i + 1] ?? Infinity,
      b.thresholds[j + 1] ?? Infinity,
    );
    if (threshold === Infinity) break;
    if (a.thresholds[i + 1] === threshold) i++;
    if (b.thresholds[j + 1] === threshold) j++;
    thresholds[length] = threshold;
    trueAccepts[length] = Math.round(
      a.validationRates[i]! * a.positives + b.validationRates[j]! * b.positives,
    );
    falseAccepts[length] = Math.round(
      a.falseAcceptRates[i]! * a.negatives +
        b.falseAcceptRates[j]! * b.negatives,
    );
  }
  return rocOfCounts(
    thresholds.slice(0, length),
    trueAccepts.slice(0, length),
    falseAccepts.slice(0, length),
  );
}

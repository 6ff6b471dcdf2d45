import { checkRoc, type Roc } from "./roc.ts";

/**
 * Computes the area under a ROC curve: the chance that a pair of one class is
 * nearer than a pair of two, where ties count half. 1 is perfect, 0.5 is
 * guessing, and it never leaves [0, 1]. The same as scikit-learn's
 * `roc_auc_score`.
 *
 * @throws {RangeError} If it is not such a curve.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rocCurve } from "./roc.ts";
 *
 * const roc = rocCurve({
 *   positive: Float32Array.of(1, 2),
 *   negative: Float32Array.of(2, 3),
 * });
 * assert.equal(areaUnderRoc(roc), 7 / 8);
 * ```
 */
export function areaUnderRoc(roc: Roc): number {
  checkRoc("compute the area under a ROC curve", roc);
  // Above the curve, and counted in pairs: nothing is above a perfect curve,
  // and rounding cannot lift any other over it.
  const refused = roc.validationRates.map((rate) =>
    roc.positives - Math.round(rate * roc.positives)
  );
  const falseAccepts = roc.falseAcceptRates.map((rate) =>
    Math.round(rate * roc.negatives)
  );
  let above = 0;
  for (let i = 1; i < refused.length; i++) {
    above += (falseAccepts[i]! - falseAccepts[i - 1]!) *
      (refused[i]! + refused[i - 1]!) / 2;
  }
  return Math.max(0, 1 - above / (roc.positives * roc.negatives));
}

/** Where a verification system errs as often one way as the other. */
export interface EqualError {
  /** FAR and the share 1 − VAL of wrongly refused pairs, which are equal. */
  rate: number;
  /** The threshold at which the two differ least. */
  threshold: number;
}

/**
 * Finds the equal error rate. Between two neighbouring thresholds the curve is
 * taken as straight, so that both error rates meet exactly; with scikit-learn
 * it is the root of `1 - x - interp1d(fpr, tpr)(x)`.
 *
 * @throws {RangeError} If it is not a ROC curve.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rocCurve } from "./roc.ts";
 *
 * const roc = rocCurve({
 *   positive: Float32Array.of(1, 2, 3, 7),
 *   negative: Float32Array.of(4, 8, 9, 10),
 * });
 * assert.deepEqual(equalErrorRate(roc), { rate: 0.25, threshold: 4 });
 * ```
 */
export function equalErrorRate(roc: Roc): EqualError {
  checkRoc("find the equal error rate", roc);
  const { validationRates: val, falseAcceptRates: far, thresholds } = roc;
  // FAR grows and 1 − VAL falls, so they cross where FAR + VAL passes 1.
  const excess = (i: number) => far[i]! + val[i]! - 1;
  let after = 1;
  while (excess(after) < 0) after++;
  const before = after - 1;
  const part = excess(before) / (excess(before) - excess(after));
  const nearer = -excess(before) < excess(after) ? before : after;
  return {
    rate: far[before]! + part * (far[after]! - far[before]!),
    threshold: thresholds[nearer]!,
  };
}

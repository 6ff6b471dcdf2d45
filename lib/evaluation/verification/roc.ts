import { checkList } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import { countAccepted } from "./accepted.ts";
import { checkCounts, checkRates } from "./curve.ts";
import type { PairDistances } from "./pair_distances.ts";

/**
 * What a verification system does at each threshold, when it takes a pair for
 * one class if the squared distance d ≤ threshold.
 *
 * The rates are those of FaceNet, section 4: VAL = the accepted share of the
 * pairs of one class, FAR = that of the pairs of two. Elsewhere they are
 * called true and false positive rate.
 */
export interface Roc {
  /** Ascending; the first is −Infinity, which accepts no pair. */
  thresholds: Float32Array;
  /** VAL at each threshold, from 0 to 1. */
  validationRates: Float64Array;
  /** FAR at each threshold, from 0 to 1. */
  falseAcceptRates: Float64Array;
  /** How many pairs of one class there are. */
  positives: number;
  /** How many pairs of two classes there are. */
  negatives: number;
}

/**
 * Computes the ROC curve of a list of pairs: exactly, with every distance that
 * occurs as a threshold, so that pairs as far as each other are accepted
 * together. For all pairs of many images there is `rocOfAllPairs`.
 *
 * The same as scikit-learn's `roc_curve(same, -distances,
 * drop_intermediate=False)`, in ascending distance.
 *
 * @param pairs Such as `pairDistances` and `samplePairs` give.
 * @throws {RangeError} If there are no pairs of one class or none of two, or a
 * distance is negative or not finite.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const roc = rocCurve({
 *   positive: Float32Array.of(0.5, 0.25),
 *   negative: Float32Array.of(2, 0.5),
 * });
 * assert.deepEqual([...roc.thresholds], [-Infinity, 0.25, 0.5, 2]);
 * assert.deepEqual([...roc.validationRates], [0, 0.5, 1, 1]);
 * assert.deepEqual([...roc.falseAcceptRates], [0, 0, 0.5, 1]);
 * ```
 */
export function rocCurve(pairs: PairDistances): Roc {
  const action = "compute a ROC curve";
  const { positive, negative } = optionsOf(action, pairs);
  checkList(action, "positive distances", positive, distance);
  checkList(action, "negative distances", negative, distance);
  checkPairs(action, positive.length, negative.length);
  const { thresholds, counts } = countAccepted([positive, negative]);
  return rocOfCounts(thresholds, counts[0]!, counts[1]!);
}

const distance = { type: "number", min: 0 } as const;

/**
 * Refuses what is not a ROC curve.
 *
 * @throws {RangeError} If its lists differ in length or hold something else than
 * thresholds and rates, or it is of no pairs.
 */
export function checkRoc(action: string, roc: Roc): void {
  const { thresholds, validationRates, falseAcceptRates } = optionsOf(
    action,
    roc,
  );
  checkRates(action, thresholds, { validationRates, falseAcceptRates });
  const { positives, negatives } = roc;
  checkCounts(action, { positives, negatives });
}

/** Makes the curve of how many pairs each threshold accepts, the last all. */
export function rocOfCounts(
  thresholds: Float32Array,
  trueAccepts: Float64Array,
  falseAccepts: Float64Array,
): Roc {
  const positives = trueAccepts.at(-1)!;
  const negatives = falseAccepts.at(-1)!;
  return {
    thresholds,
    validationRates: trueAccepts.map((count) => count / positives),
    falseAcceptRates: falseAccepts.map((count) => count / negatives),
    positives,
    negatives,
  };
}

/**
 * Refuses pairs that are all of one kind.
 *
 * @throws {RangeError} If there are none of one class, or none of two.
 */
export function checkPairs(
  action: string,
  positives: number,
  negatives: number,
): void {
  if (positives === 0 || negatives === 0) {
    refuse(
      action,
      "pairs of one class and pairs of two",
      `${positives} and ${negatives}`,
    );
  }
}

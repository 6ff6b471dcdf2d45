import { refuse, shown } from "../../numeric/refuse.ts";
import { upperBound } from "../../numeric/search.ts";
import { checkFalseAcceptRate, checkThreshold } from "../embeddings/checks.ts";
import { checkRoc, type Roc } from "./roc.ts";
import { equalErrorRate } from "./roc_measures.ts";
import { type Interval, wilsonInterval } from "../statistics/wilson.ts";

/**
 * What a threshold is to achieve on the pairs that it is chosen on:
 * - `{ far }`: accept as many as possible with a false accept rate of at most
 *   `far`, as FaceNet's VAL at a FAR;
 * - `"accuracy"`: the largest share of right decisions over all pairs, as LFW;
 *   of equally good thresholds the lowest. It follows the kind of pair that is
 *   in the majority, so give it as many of one class as of two;
 * - `"equal-error"`: as many errors one way as the other, in rates.
 */
export type ThresholdGoal = { far: number } | "accuracy" | "equal-error";

/** What a threshold does to pairs. */
export interface Verification {
  /** The largest squared distance at which a pair is taken for one class. */
  threshold: number;
  /** VAL: the accepted share of the pairs of one class, in [0, 1]. */
  validationRate: number;
  /** Wilson's 95 % interval of it, for independent pairs. */
  validationInterval: Interval;
  /** FAR: the accepted share of the pairs of two classes, in [0, 1]. */
  falseAcceptRate: number;
  /** Wilson's 95 % interval of it, for independent pairs. */
  falseAcceptInterval: Interval;
  /** The share of right decisions over all pairs, in [0, 1]. */
  accuracy: number;
}

/**
 * Chooses a threshold from a ROC curve; always one of the curve's own. Apply
 * it to other pairs with {@linkcode applyThreshold}, as on those that it was
 * chosen on it flatters.
 *
 * @throws {RangeError} If the goal is unknown, or its FAR is not in (0, 1] or
 * so small that less than one of the curve's negative pairs may be accepted.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rocCurve } from "./roc.ts";
 *
 * const roc = rocCurve({
 *   positive: Float32Array.of(1, 2, 3, 7),
 *   negative: Float32Array.of(4, 5, 8, 9),
 * });
 * assert.equal(chooseThreshold(roc, "accuracy"), 3);
 * assert.equal(chooseThreshold(roc, "equal-error"), 4);
 * assert.equal(chooseThreshold(roc, { far: 0.5 }), 7);
 * ```
 */
export function chooseThreshold(roc: Roc, goal: ThresholdGoal): number {
  const action = "choose a threshold";
  checkRoc(action, roc);
  if (goal === "equal-error") return equalErrorRate(roc).threshold;
  if (goal === "accuracy") return roc.thresholds[mostAccurate(roc)]!;
  if (typeof goal !== "object" || goal === null) {
    refuse(action, '{ far }, "accuracy" or "equal-error"', shown(goal));
  }
  checkFalseAcceptRate(action, goal.far, roc.negatives, "negative pairs");
  return roc.thresholds[upperBound(roc.falseAcceptRates, goal.far) - 1]!;
}

/**
 * Says what a threshold does to the pairs of a ROC curve.
 *
 * On a curve that `rocOfAllPairs` drew in steps a threshold is rounded down to
 * the next step, which changes nothing for those chosen on such a curve.
 *
 * @throws {RangeError} If the threshold is not a number.
 *
 * @example Chosen on some pairs, tested on others
 * ```ts
 * import assert from "node:assert/strict";
 * import { rocCurve } from "./roc.ts";
 *
 * const chosenOn = rocCurve({
 *   positive: Float32Array.of(1, 2),
 *   negative: Float32Array.of(4, 5),
 * });
 * const testedOn = rocCurve({
 *   positive: Float32Array.of(1, 1, 2, 3),
 *   negative: Float32Array.of(2, 6),
 * });
 * const threshold = chooseThreshold(chosenOn, "accuracy");
 * const tested = applyThreshold(testedOn, threshold);
 * assert.equal(tested.validationRate, 3 / 4);
 * assert.equal(tested.falseAcceptRate, 1 / 2);
 * assert.equal(tested.accuracy, 4 / 6);
 * ```
 */
export function applyThreshold(roc: Roc, threshold: number): Verification {
  const action = "apply a threshold";
  checkRoc(action, roc);
  checkThreshold(action, threshold);
  const place = upperBound(roc.thresholds, threshold) - 1;
  const { positives, negatives } = roc;
  const validationRate = roc.validationRates[place]!;
  const falseAcceptRate = roc.falseAcceptRates[place]!;
  return {
    threshold,
    validationRate,
    validationInterval: interval(validationRate, positives),
    falseAcceptRate,
    falseAcceptInterval: interval(falseAcceptRate, negatives),
    accuracy: rightAt(roc, place) / (positives + negatives),
  };
}

/**
 * Computes FaceNet's VAL at a given FAR (section 4): the share of the pairs of
 * one class that is accepted at the largest threshold that accepts at most
 * that share of the pairs of two.
 *
 * The threshold is chosen on these same pairs, as in the paper. The fewer false
 * accepts there are the less it means: with 1 / `far` pairs of two classes,
 * fewer than which are refused, there is one; about 30 are wanted for ± 30 %
 * (Doddington et al. 2000, "The NIST speaker recognition evaluation").
 *
 * @throws {RangeError} If `far` is not in (0, 1], or there are fewer than
 * 1 / `far` pairs of two classes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rocCurve } from "./roc.ts";
 *
 * const roc = rocCurve({
 *   positive: Float32Array.of(1, 2, 3, 7),
 *   negative: Float32Array.of(2.5, 5, 8, 9),
 * });
 * assert.equal(validationAtFar(roc, 0.25).validationRate, 0.75);
 * assert.throws(() => validationAtFar(roc, 0.001), /at least 1000/);
 * ```
 */
export function validationAtFar(roc: Roc, far: number): Verification {
  return applyThreshold(roc, chooseThreshold(roc, { far }));
}

/** The rates are exact quotients, so rounding gives back the whole counts. */
function interval(rate: number, trials: number): Interval {
  return wilsonInterval(Math.round(rate * trials), trials);
}

/** How many pairs are decided rightly at one of a curve's thresholds. */
function rightAt(roc: Roc, place: number): number {
  const { positives, negatives, validationRates, falseAcceptRates } = roc;
  return Math.round(positives * validationRates[place]!) + negatives -
    Math.round(negatives * falseAcceptRates[place]!);
}

function mostAccurate(roc: Roc): number {
  let best = 0;
  for (let place = 1; place < roc.thresholds.length; place++) {
    if (rightAt(roc, place) > rightAt(roc, best)) best = place;
  }
  return best;
}

import { checkItems, checkLength } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import { upperBound } from "../../numeric/search.ts";
import type { NearestCentroids } from "../classification/centroids.ts";
import {
  checkFalseAcceptRate,
  checkSomeLabels,
  checkThreshold,
  isNumber,
} from "../embeddings/checks.ts";
import { checkOpenSetCurve, type OpenSetCurve } from "./open_set.ts";
import { type Interval, wilsonInterval } from "../statistics/wilson.ts";

/** What a rejection threshold does to known images and strangers. */
export interface Rejection {
  /** The largest squared distance to a centroid that is accepted. */
  threshold: number;
  /** The share of known images that are accepted as what they are (DIR). */
  identificationRate: number;
  /** Wilson's 95 % interval of it. */
  identificationInterval: Interval;
  /** The share of known images that are accepted as something else. */
  confusionRate: number;
  /** The share of known images that are taken for strangers. */
  rejectionRate: number;
  /** The share of strangers that are accepted (FAR). */
  falseAcceptRate: number;
  /** Wilson's 95 % interval of it. */
  falseAcceptInterval: Interval;
}

/** Stands for no class at all; a known class of this number is refused. */
export const STRANGER = -1;

/**
 * Calibrates a rejection threshold: the largest at which at most a share of
 * `far` of the strangers is accepted.
 *
 * Calibrate on strangers of some classes and test on those of others with
 * {@linkcode applyRejection}: strangers to come will not be of the classes at
 * hand.
 *
 * @throws {RangeError} If `far` is not in (0, 1], or there are fewer than
 * 1 / `far` strangers.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { computeCentroids } from "../classification/centroids.ts";
 * import { openSetCurve } from "./open_set.ts";
 *
 * await tf.setBackend("cpu");
 * const known = { embeddings: tf.tensor2d([[1, 0], [0, 1]]), labels: [3, 5] };
 * const centroids = computeCentroids(known.embeddings, known.labels);
 * const meet = (strangers: tf.Tensor2D) =>
 *   openSetCurve(centroids, { known, strangers });
 *
 * const calibration = meet(tf.tensor2d([[-1, 0], [0.6, -0.8]]));
 * const threshold = chooseRejection(calibration, 0.5);
 * const test = applyRejection(meet(tf.tensor2d([[0.8, -0.6]])), threshold);
 * assert.equal(test.identificationRate, 1);
 * assert.equal(test.falseAcceptRate, 1); // others than were calibrated on
 * ```
 */
export function chooseRejection(curve: OpenSetCurve, far: number): number {
  const action = "choose a rejection threshold";
  checkOpenSetCurve(action, curve);
  checkFalseAcceptRate(action, far, curve.strangers, "strangers");
  return curve.thresholds[upperBound(curve.falseAcceptRates, far) - 1]!;
}

/**
 * Says what a rejection threshold does to the images of an open-set curve.
 *
 * @throws {RangeError} If the threshold is NaN.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const result = applyRejection({
 *   thresholds: Float32Array.of(-Infinity, 0.5, 1.5),
 *   identificationRates: Float64Array.of(0, 0.75, 0.75),
 *   confusionRates: Float64Array.of(0, 0, 0.25),
 *   falseAcceptRates: Float64Array.of(0, 0.125, 1),
 *   known: 4,
 *   strangers: 8,
 * }, 1);
 * assert.equal(result.identificationRate, 0.75);
 * assert.equal(result.rejectionRate, 0.25);
 * assert.equal(result.falseAcceptRate, 0.125);
 * ```
 */
export function applyRejection(
  curve: OpenSetCurve,
  threshold: number,
): Rejection {
  const action = "apply a rejection threshold";
  checkOpenSetCurve(action, curve);
  checkThreshold(action, threshold);
  const place = upperBound(curve.thresholds, threshold) - 1;
  const identificationRate = curve.identificationRates[place]!;
  const confusionRate = curve.confusionRates[place]!;
  const falseAcceptRate = curve.falseAcceptRates[place]!;
  const count = (rate: number, of: number) => Math.round(rate * of);
  const identified = count(identificationRate, curve.known);
  const confused = count(confusionRate, curve.known);
  return {
    threshold,
    identificationRate,
    identificationInterval: wilsonInterval(identified, curve.known),
    confusionRate,
    rejectionRate: (curve.known - identified - confused) / curve.known,
    falseAcceptRate,
    falseAcceptInterval: wilsonInterval(
      count(falseAcceptRate, curve.strangers),
      curve.strangers,
    ),
  };
}

/**
 * Takes those for strangers whose nearest centroid is farther than the
 * threshold, and leaves the others their predicted class. It is for programs that
 * recognize images with a threshold that {@linkcode chooseRejection} gave; a report
 * only needs the rates, which {@linkcode applyRejection} gives.
 *
 * @param nearest What `nearestCentroid` gives.
 * @returns `[n]`, classes, or {@linkcode STRANGER} (−1).
 * @throws {RangeError} If the threshold is NaN, or a class is −1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { computeCentroids, nearestCentroid } from "../classification/centroids.ts";
 *
 * await tf.setBackend("cpu");
 * const centroids = computeCentroids(tf.tensor2d([[1, 0], [0, 1]]), [3, 5]);
 * const nearest = nearestCentroid(tf.tensor2d([[0, 1], [-1, 0]]), centroids);
 * assert.deepEqual([...rejectStrangers(nearest, 0.5)], [5, STRANGER]);
 * ```
 */
export function rejectStrangers(
  nearest: Pick<NearestCentroids, "labels" | "distances">,
  threshold: number,
): Int32Array {
  const action = "reject strangers";
  const { labels, distances } = optionsOf(action, nearest);
  checkThreshold(action, threshold);
  checkSomeLabels(action, labels);
  checkLength(action, "distances", distances, labels.length);
  checkItems(action, "distances to be numbers", distances, isNumber);
  const stranger = labels.indexOf(STRANGER);
  if (stranger >= 0) {
    refuse(
      action,
      `classes other than ${STRANGER}, which stands for strangers`,
      `it at ${stranger}`,
    );
  }
  return Int32Array.from(
    labels,
    (label, i) => distances[i]! <= threshold ? label : STRANGER,
  );
}

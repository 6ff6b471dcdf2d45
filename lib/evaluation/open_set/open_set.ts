import {
  type EmbeddingsOrTensor,
  readEmbeddings,
} from "../../numeric/embeddings.ts";
import { optionsOf } from "../../numeric/options.ts";
import { countAccepted } from "../verification/accepted.ts";
import {
  type GivenCentroids,
  nearestCentroid,
} from "../classification/centroids.ts";
import { checkAmongClasses } from "../embeddings/checks.ts";
import { checkCounts, checkRates } from "../verification/curve.ts";
import {
  type LabelledEmbeddings,
  readLabelled,
} from "../embeddings/labelled.ts";

/** Whom a system that knows some classes meets. */
export interface Probes {
  /** Images of the classes that the centroids are of, with their labels. */
  known: LabelledEmbeddings;
  /** Images of other classes; a tensor `[n, size]` stays the caller's. */
  strangers: EmbeddingsOrTensor;
}

/**
 * What happens to known images and strangers at each threshold, when an image
 * is taken for the class of the nearest centroid if its squared distance d ≤
 * threshold, and for a stranger otherwise. All rates are in [0, 1].
 */
export interface OpenSetCurve {
  /** Ascending; the first is −Infinity, which rejects everyone. */
  thresholds: Float32Array;
  /** The share of known images that are accepted as what they are (DIR). */
  identificationRates: Float64Array;
  /** The share of known images that are accepted as something else. */
  confusionRates: Float64Array;
  /** The share of strangers that are accepted (FAR). */
  falseAcceptRates: Float64Array;
  /** How many known images there are. */
  known: number;
  /** How many strangers there are. */
  strangers: number;
}

/**
 * Computes the open-set identification curve: how many known images are
 * detected and identified against how many strangers are let in.
 *
 * Sources: Phillips, Grother and Micheals 2005, "Evaluation Methods in Face
 * Recognition" (Handbook of Face Recognition), for the detection and
 * identification rate at rank 1 against the false accept rate; Günther et al.
 * 2017, "Toward Open-Set Face Recognition" (https://arxiv.org/abs/1705.01567),
 * for its use with deep features.
 *
 * @param centroids Of the known classes; a tensor stays the caller's.
 * @param probes Embeddings as the centroids are made of.
 * @throws {RangeError} If embeddings are not of rank 2, there are no known images or no strangers, one is
 * not finite, sizes or labels do not fit, or a known image is of a class
 * without a centroid.
 *
 * @example A five, a three that looks like a five, and two strangers
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { computeCentroids } from "../classification/centroids.ts";
 *
 * await tf.setBackend("cpu");
 * const centroids = computeCentroids(tf.tensor2d([[1, 0], [0, 1]]), [3, 5]);
 * const curve = openSetCurve(centroids, {
 *   known: { embeddings: tf.tensor2d([[0, 1], [0.6, 0.8]]), labels: [5, 3] },
 *   strangers: tf.tensor2d([[-1, 0], [0, -1]]),
 * });
 * assert.deepEqual([...curve.identificationRates], [0, 0.5, 0.5, 0.5]);
 * assert.deepEqual([...curve.confusionRates], [0, 0, 0.5, 0.5]);
 * assert.deepEqual([...curve.falseAcceptRates], [0, 0, 0, 1]);
 * ```
 */
export function openSetCurve(
  centroids: GivenCentroids,
  probes: Probes,
): OpenSetCurve {
  const action = "compute an open-set curve";
  const { known: named, strangers: others } = optionsOf(action, probes);
  const known = readLabelled(action, named);
  const strangers = readEmbeddings(others, action);
  const nearest = nearestCentroid(known.embeddings, centroids);
  checkAmongClasses(action, known.labels, centroids.classes);
  const right = (_: number, i: number) => nearest.labels[i] === known.labels[i];
  const { thresholds, counts } = countAccepted([
    nearest.distances.filter(right),
    nearest.distances.filter((_, i) => !right(_, i)),
    nearestCentroid(strangers, centroids).distances,
  ]);
  const shares = (list: number, of: number) =>
    counts[list]!.map((count) => count / of);
  const [knownCount, strangerCount] = [known.labels.length, strangers.count];
  return {
    thresholds,
    identificationRates: shares(0, knownCount),
    confusionRates: shares(1, knownCount),
    falseAcceptRates: shares(2, strangerCount),
    known: knownCount,
    strangers: strangerCount,
  };
}

/**
 * Refuses what is not an open-set curve.
 *
 * @throws {RangeError} If its lists differ in length or hold something else than
 * thresholds and rates, or nobody was counted.
 */
export function checkOpenSetCurve(action: string, curve: OpenSetCurve): void {
  const { thresholds, identificationRates, confusionRates, falseAcceptRates } =
    optionsOf(action, curve);
  const rates = { identificationRates, confusionRates, falseAcceptRates };
  checkRates(action, thresholds, rates);
  const { known, strangers } = curve;
  checkCounts(action, { known, strangers });
}

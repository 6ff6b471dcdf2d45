import { refuse } from "../../numeric/refuse.ts";
import { forEachDistanceRow } from "../../triplets/distances/distance_blocks.ts";
import {
  type Labelled,
  type LabelledEmbeddings,
  readLabelled,
} from "../embeddings/labelled.ts";
import { countPairKinds, dividePairs } from "./divide_pairs.ts";
import { checkPairs, type Roc, rocCurve, rocOfCounts } from "./roc.ts";

/** Up to so many pairs each distance is a threshold of its own. */
const LISTED = 250_000;
/** Up to so many, counts of pairs fit 32 bits. */
const COUNTABLE = 2 ** 32;
/** How many of a float32's bits a step leaves out: 15 of 23 digits stay. */
const LEFT_OUT = 8;

/**
 * Computes the ROC curve of all pairs of some images, each pair once, without
 * listing them: for MNIST's 10,000 test images 50 million pairs.
 *
 * - Up to 250,000 pairs (707 images) it is `rocCurve` of the list, with every
 *   distance that occurs as a threshold.
 * - Beyond, the pairs are counted in steps of 2⁻¹⁵ of the distance, 32,768 to
 *   an octave. VAL and FAR are exact at each of the curve's thresholds; only
 *   what lies between two of them is not told apart, so the area under the
 *   curve takes pairs within one step for ties. The steps are the same for all
 *   curves, so a threshold of one is one of every other's. Memory is 67 MB.
 *
 * Distances come from matrix products, right to about 10⁻⁶ for unit vectors.
 *
 * @param images Embeddings and labels of at least two classes, one of them with
 * at least two images; a tensor stays the caller's.
 * @throws {RangeError} If the embeddings or labels are unusable, there are no
 * pairs of one class or none of two, or more than 2³² pairs.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const embeddings = tf.tensor2d([[0], [1], [5], [7]]);
 * const roc = rocOfAllPairs({ embeddings, labels: [3, 3, 8, 8] });
 * assert.deepEqual([roc.positives, roc.negatives], [2, 4]);
 * assert.deepEqual([...roc.thresholds], [-Infinity, 1, 4, 16, 25, 36, 49]);
 * assert.deepEqual([...roc.validationRates], [0, 0.5, 1, 1, 1, 1, 1]);
 * ```
 */
export function rocOfAllPairs(images: LabelledEmbeddings): Roc {
  const action = "compute the ROC curve of all pairs";
  const labelled = readLabelled(action, images);
  const { positives, negatives } = countPairKinds(labelled.labels);
  checkPairs(action, positives, negatives);
  if (positives + negatives > COUNTABLE) {
    refuse(
      action,
      `at most ${COUNTABLE} pairs`,
      `${positives + negatives} (samplePairs draws some of them)`,
    );
  }
  return positives + negatives <= LISTED
    ? rocOfList(action, labelled)
    : rocInSteps(action, labelled);
}

function rocOfList(action: string, images: Labelled): Roc {
  const { embeddings, labels } = images;
  const { take, ...pairs } = dividePairs(labels);
  forEachDistanceRow(action, embeddings, embeddings, take);
  return rocCurve(pairs);
}

/** A step is all distances that agree in the bits that are kept. */
function rocInSteps(action: string, images: Labelled): Roc {
  // Reserved, but only the pages that a distance falls on are ever used.
  const positive = new Uint32Array(2 ** (31 - LEFT_OUT));
  const negative = new Uint32Array(positive.length);
  const { embeddings, labels } = images;
  forEachDistanceRow(action, embeddings, embeddings, (distances, i) => {
    const bits = new Int32Array(distances.buffer, distances.byteOffset);
    const label = labels[i]!;
    for (let j = i + 1; j < labels.length; j++) {
      const counts = labels[j] === label ? positive : negative;
      counts[bits[j]! >>> LEFT_OUT]!++;
    }
  });
  const used = positive.reduce(
    (steps, count, i) => steps + Number(count + negative[i]! > 0),
    0,
  );
  const lastBits = new Int32Array(used + 1);
  const trueAccepts = new Float64Array(used + 1);
  const falseAccepts = new Float64Array(used + 1);
  for (let step = 0, place = 1; step < positive.length; step++) {
    if (positive[step] === 0 && negative[step] === 0) continue;
    lastBits[place] = (step + 1) * 2 ** LEFT_OUT - 1;
    trueAccepts[place] = trueAccepts[place - 1]! + positive[step]!;
    falseAccepts[place] = falseAccepts[place - 1]! + negative[step]!;
    place++;
  }
  const thresholds = new Float32Array(lastBits.buffer);
  thresholds[0] = -Infinity;
  return rocOfCounts(thresholds, trueAccepts, falseAccepts);
}

import * as tf from "@tensorflow/tfjs";
import type { Classes } from "./classes.ts";
import type { GraphTriplets } from "./listed.ts";

/** Farther than any distance, yet finite, as not every GPU keeps infinities. */
const BEYOND = 3e38;

/** One positive for each anchor that has one. */
export interface ChosenPositives {
  /** `[n, 1]` flat indices. */
  positives: tf.Tensor;
  /** `[n, 1]` their distances. */
  toPositives: tf.Tensor;
  /** `[n, 1]`: 1, or 0 where the anchor has none. */
  weights: tf.Tensor;
}

/** Each anchor's farthest positive. */
export function farthestPositive(
  distances: tf.Tensor2D,
  classes: Classes,
): ChosenPositives {
  // Filler is at distance 0 and comes last, so it is never the farthest.
  return choosePositives(
    distances,
    classes,
    (toPositives) => tf.argMax(toPositives, 1),
  );
}

/** Each anchor's nearest positive. */
export function nearestPositive(
  distances: tf.Tensor2D,
  classes: Classes,
): ChosenPositives {
  return choosePositives(
    distances,
    classes,
    (toPositives) => tf.argMin(orBeyond(toPositives, classes.paired), 1),
  );
}

function choosePositives(
  distances: tf.Tensor2D,
  { positives, paired }: Classes,
  choose: (toPositives: tf.Tensor) => tf.Tensor,
): ChosenPositives {
  const places = choose(distancesAt(distances, positives));
  const chosen = tf.gather(
    tf.reshape(positives, [-1]),
    flatIndices(places, positives.shape[1]),
  );
  return {
    positives: chosen,
    toPositives: distancesAt(distances, chosen),
    weights: tf.slice(paired, [0, 0], [paired.shape[0], 1]),
  };
}

/** Each anchor's nearest negative, `[n, 1]` flat indices. */
export function nearestNegative(
  distances: tf.Tensor2D,
  { negatives }: { negatives: tf.Tensor },
): tf.Tensor {
  const columns = tf.argMin(orBeyond(distances, negatives), 1);
  return flatIndices(columns, distances.shape[1]);
}

/**
 * Each anchor's nearest negative that is farther than the limit, `[n, 1]` flat
 * indices; `found` is 1 where there is one and 0 where there is none.
 */
export function nearestNegativeBeyond(
  distances: tf.Tensor2D,
  { negatives }: Classes,
  limits: tf.Tensor,
): { negatives: tf.Tensor; found: tf.Tensor } {
  const beyond = tf.mul(tf.step(tf.sub(distances, limits)), negatives);
  return {
    negatives: nearestNegative(distances, { negatives: beyond }),
    found: tf.max(beyond, 1, true),
  };
}

/** The same, or the farthest negative where there is none. */
export function nearestNegativeBeyondOrFarthest(
  distances: tf.Tensor2D,
  classes: Classes,
  limits: tf.Tensor,
): tf.Tensor {
  const beyond = nearestNegativeBeyond(distances, classes, limits);
  const toNegatives = orBeyond(tf.neg(distances), classes.negatives);
  const farthest = flatIndices(tf.argMin(toNegatives, 1), distances.shape[1]);
  return tf.where(tf.cast(beyond.found, "bool"), beyond.negatives, farthest);
}

/** All pairs, each with its nearest negative beyond the positive, or the farthest. */
export function eachPositive(
  distances: tf.Tensor2D,
  classes: Classes,
): GraphTriplets {
  const { positives, paired } = classes;
  const [n, width] = positives.shape;
  // One slot of all anchors after the other keeps to O(n²) memory.
  const slots = Array.from({ length: width }, (_, slot) =>
    tf.tidy(() => {
      const chosen = tf.slice(positives, [0, slot], [n, 1]);
      const limits = distancesAt(distances, chosen);
      return nearestNegativeBeyondOrFarthest(distances, classes, limits);
    }));
  return { positives, negatives: tf.concat(slots, 1), weights: paired };
}

/** The distances at flat indices, in the shape of these. */
export function distancesAt(
  distances: tf.Tensor2D,
  indices: tf.Tensor,
): tf.Tensor {
  return tf.gather(tf.reshape(distances, [-1]), tf.cast(indices, "int32"));
}

/** Keeps values where the mask is 1, and puts one beyond all where it is 0. */
function orBeyond(values: tf.Tensor, mask: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(values, mask), tf.mul(tf.sub(1, mask), BEYOND));
}

/** Turns a column for each row into `[n, 1]` flat indices of rows so wide. */
function flatIndices(columns: tf.Tensor, width: number): tf.Tensor {
  const starts = Int32Array.from(
    { length: columns.size },
    (_, row) => row * width,
  );
  return tf.reshape(tf.add(columns, tf.tensor1d(starts, "int32")), [-1, 1]);
}

import * as tf from "@tensorflow/tfjs";
import type { Batch } from "../batch.ts";
import { countPairs } from "../classes.ts";
import { createTripletList } from "../list.ts";
import { meanHinge } from "../piecewise.ts";
import { lowerBound, sortedPositives } from "../positives.ts";
import { flatIndices, orBeyond, pickColumns, sortRows } from "../rows.ts";
import type { Rule } from "../rule.ts";

/**
 * "semi-hard" as in FaceNet (Schroff et al. 2015,
 * https://arxiv.org/abs/1503.03832) and TensorFlow Addons: every (anchor,
 * positive) pair with the nearest negative that is farther than the positive,
 * d(a,n) > d(a,p), or with the farthest negative where none is. The margin
 * plays no part in the choice; of equal distances the lowest index is taken.
 */
export const semiHard: Rule = {
  list(batch) {
    const { count, distances, labels } = batch;
    const list = createTripletList(countPairs(labels).pairs);
    for (let anchor = 0; anchor < count; anchor++) {
      const nearestBeyond = indexNegatives(batch, anchor);
      for (let other = 0; other < count; other++) {
        if (other === anchor || labels[other] !== labels[anchor]) continue;
        const negative = nearestBeyond(distances[anchor * count + other]!);
        if (negative >= 0) list.add(anchor, other, negative);
      }
    }
    return list.finish();
  },

  loss(distances, { positives, paired, negatives, counts }, margin) {
    const n = distances.shape[0];
    const sorted = sortRows(orBeyond(distances, negatives));
    const toPositives = tf.gather(tf.reshape(distances, [n * n]), positives);
    const toFarthest = tf.max(tf.mul(distances, negatives), 1, true);
    // Past the last negative begins filler: a pair with no negative beyond its
    // positive gets the farthest, and of several as far the first.
    const place = tf.minimum(
      tf.searchSorted(sorted.values, toPositives, "right"),
      tf.searchSorted(sorted.values, toFarthest, "left"),
    );
    // NaN is sought past the row's end; the loss is to be NaN, not an error.
    const within = tf.minimum(place, tf.scalar(n - 1, "int32"));
    return meanHinge(distances, {
      positives,
      negatives: flatIndices(pickColumns(sorted.columns, within), n),
      weights: paired,
      count: counts.pairs,
    }, margin);
  },
};

/**
 * Prepares one anchor's negatives so that the choice for each of its positives
 * takes a search and not a scan. The sorted distances to the positives cut the
 * line into buckets; of each bucket and all beyond it only the nearest negative
 * can ever be chosen.
 */
function indexNegatives(
  batch: Batch,
  anchor: number,
): (distance: number) => number {
  const { count, distances, labels } = batch;
  const edges = sortedPositives(batch, anchor);
  const nearest = new Int32Array(edges.length + 1).fill(-1);
  const start = anchor * count;
  let farthest = -1;
  for (let other = 0; other < count; other++) {
    if (labels[other] === labels[anchor]) continue;
    const distance = distances[start + other]!;
    if (farthest < 0 || distance > distances[start + farthest]!) {
      farthest = other;
    }
    const bucket = lowerBound(edges, distance);
    const held = nearest[bucket]!;
    if (held < 0 || distance < distances[start + held]!) {
      nearest[bucket] = other;
    }
  }
  for (let bucket = edges.length - 1; bucket >= 0; bucket--) {
    if (nearest[bucket]! < 0) nearest[bucket] = nearest[bucket + 1]!;
  }
  return (distance) => {
    const beyond = nearest[lowerBound(edges, distance) + 1]!;
    return beyond >= 0 ? beyond : farthest;
  };
}

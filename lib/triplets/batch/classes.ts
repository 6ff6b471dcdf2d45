import { classCounts } from "../../digits/classes.ts";

/** How many choices a batch's labels allow. */
export interface PairCounts {
  /** Valid triplets. */
  triplets: number;
  /** (Anchor, positive) pairs, in both orders, that have a negative. */
  pairs: number;
  /** Images that have a positive and a negative. */
  anchors: number;
}

/** Counts what a batch's labels allow. */
export function countPairs(labels: Int32Array): PairCounts {
  const counts = { triplets: 0, pairs: 0, anchors: 0 };
  for (const length of classCounts(labels).values()) {
    if (length === 1 || length === labels.length) continue;
    const pairs = length * (length - 1);
    counts.anchors += length;
    counts.pairs += pairs;
    counts.triplets += pairs * (labels.length - length);
  }
  return counts;
}

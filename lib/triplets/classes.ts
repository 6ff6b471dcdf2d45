import * as tf from "@tensorflow/tfjs";

/**
 * Who is whose positive and negative in a batch, as tensors. They are made
 * from the labels in JavaScript: tfjs's WASM backend is slow at broadcasting.
 */
export interface Classes {
  /**
   * Each anchor's positives as flat indices `anchor * n + positive` by
   * ascending positive, `[n, k]` int32, k being one less than the largest
   * class. A shorter row is filled up with the anchor itself.
   */
  positives: tf.Tensor2D;
  /** 1 where `positives` has a positive, 0 where it has filler, `[n, k]`. */
  paired: tf.Tensor2D;
  /** 1 where two images are of different classes, else 0, `[n, n]`. */
  negatives: tf.Tensor2D;
  /** What the labels allow. */
  counts: PairCounts;
}

/** How many choices a batch's labels allow. */
export interface PairCounts {
  /** Valid triplets. */
  triplets: number;
  /** (Anchor, positive) pairs, in both orders. */
  pairs: number;
  /** Images that have a positive. */
  anchors: number;
}

/** Counts what a batch's labels allow. */
export function countPairs(labels: Int32Array): PairCounts {
  const counts = { triplets: 0, pairs: 0, anchors: 0 };
  for (const { length } of membersByClass(labels).values()) {
    const pairs = length * (length - 1);
    counts.pairs += pairs;
    counts.triplets += pairs * (labels.length - length);
    if (length > 1) counts.anchors += length;
  }
  return counts;
}

/** Makes the tensors of a batch's labels. The caller tidies. */
export function readClasses(labels: Int32Array): Classes {
  const n = labels.length;
  const classes = membersByClass(labels);
  const sizes = [...classes.values()].map((members) => members.length);
  const width = Math.max(...sizes) - 1;
  const positives = new Int32Array(n * width);
  const paired = new Float32Array(n * width);
  const negatives = new Float32Array(n * n).fill(1);
  for (const members of classes.values()) {
    for (const anchor of members) {
      const start = anchor * width;
      const others = members.filter((member) => member !== anchor);
      positives.fill(anchor * (n + 1), start, start + width);
      positives.set(others.map((other) => anchor * n + other), start);
      paired.fill(1, start, start + others.length);
      for (const member of members) negatives[anchor * n + member] = 0;
    }
  }
  return {
    positives: tf.tensor2d(positives, [n, width], "int32"),
    paired: tf.tensor2d(paired, [n, width]),
    negatives: tf.tensor2d(negatives, [n, n]),
    counts: countPairs(labels),
  };
}

function membersByClass(labels: Int32Array): Map<number, number[]> {
  return Map.groupBy(labels.keys(), (index) => labels[index]!);
}

import * as tf from "@tensorflow/tfjs";
import { membersByClass } from "../batch/classes.ts";

/**
 * Who is whose positive and negative in a batch, as tensors, made from the
 * labels in JavaScript.
 */
export interface Classes {
  /**
   * Each anchor's positives as flat indices `anchor * n + positive` by
   * ascending positive, `[n, k]` int32, k being one less than the largest
   * class. A shorter row is filled up with the anchor itself.
   */
  positives: tf.Tensor2D;
  /** 1 where `positives` has the positive of an anchor that has a negative, else 0, `[n, k]`. */
  paired: tf.Tensor2D;
  /** 1 where two images are of different classes, else 0, `[n, n]`. */
  negatives: tf.Tensor2D;
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
      paired.fill(members.length < n ? 1 : 0, start, start + others.length);
      for (const member of members) negatives[anchor * n + member] = 0;
    }
  }
  return {
    positives: tf.tensor2d(positives, [n, width], "int32"),
    paired: tf.tensor2d(paired, [n, width]),
    negatives: tf.tensor2d(negatives, [n, n]),
  };
}

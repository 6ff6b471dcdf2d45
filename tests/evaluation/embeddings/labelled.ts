import * as tf from "@tensorflow/tfjs";
import type fc from "fast-check";
import type { LabelledEmbeddings } from "../../../lib/evaluation/embeddings/labelled.ts";
import { batches } from "../../triplets/batches.ts";

/** Rows and labels as they are written down. */
export interface Written {
  rows: number[][];
  labels: number[];
}

/**
 * Few points on a coarse grid, of two classes or more and one class at least
 * with two points, so that there are pairs of both kinds. Ties and duplicates
 * abound, and every distance is exact in float32.
 */
export const severalClasses: fc.Arbitrary<Written> = batches.filter(
  ({ labels }) => {
    const classes = new Set(labels).size;
    return classes > 1 && classes < labels.length;
  },
);

/** The same in a tensor. */
export function toTensor({ rows, labels }: Written): LabelledEmbeddings {
  return { embeddings: tf.tensor2d(rows), labels };
}

/** The distances of all pairs, each once, by what the pair is. */
export function listPairs(
  { rows, labels }: Written,
): { positive: number[]; negative: number[] } {
  const lists: { positive: number[]; negative: number[] } = {
    positive: [],
    negative: [],
  };
  rows.forEach((a, i) =>
    rows.slice(0, i).forEach((b, j) =>
      lists[labels[i] === labels[j] ? "positive" : "negative"].push(
        a.reduce((sum, x, k) => sum + (x - b[k]!) ** 2, 0),
      )
    )
  );
  return lists;
}

/** What no measure of labelled embeddings is defined for. */
export function unusable(): [tf.Tensor2D, number[], string][] {
  return [
    [tf.eye(3), [1, 2], "expected 3 labels, got 2"],
    [tf.eye(3), [1, 2, 2.5], "got 2.5 at 2"],
    [tf.eye(3), [1, 2, 2 ** 31], "got 2147483648 at 2"],
    [
      tf.zeros([0, 3]),
      [],
      "expected embeddings of shape [n, size], got a tensor of shape [0, 3]",
    ],
    [tf.fill([2, 3], NaN), [1, 2], "got NaN in row 0"],
    [tf.tensor2d([[1], [Infinity], [2]]), [1, 2, 2], "got Infinity in row 1"],
  ];
}

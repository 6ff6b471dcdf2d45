import * as tf from "@tensorflow/tfjs";
import { nearest, nearestBeyond } from "../mining/extremes.ts";
import {
  nearestNegative,
  nearestNegativeBeyond,
  nearestPositive,
} from "../graph/extremes.ts";
import { listed } from "../graph/listed.ts";
import type { Rule } from "../mining/rule.ts";

/**
 * "batch-easy-positive" (Xuan et al. 2020, https://arxiv.org/abs/1904.04370,
 * there EPSHN): each anchor with its nearest positive and the nearest negative
 * that is farther than that one; an anchor that has none is left out, as in
 * pytorch-metric-learning's BatchEasyHardMiner. A class then need not shrink to
 * one point. Of equal distances the lowest index is taken.
 */
export const batchEasyPositive: Rule = {
  most: ({ anchors }) => anchors,
  choose(row, take) {
    const positive = nearest(row.distances, row.positives);
    const negative = nearestBeyond(row, row.distances[positive]!);
    if (negative >= 0) take(row.image, positive, negative);
  },
  graph: listed((distances, classes) => {
    const { positives, toPositives, weights } = nearestPositive(
      distances,
      classes,
    );
    const beyond = nearestNegativeBeyond(distances, classes, toPositives);
    return {
      positives,
      negatives: beyond.negatives,
      weights: tf.mul(weights, beyond.found),
    };
  }),
};

/**
 * "batch-easy-positive-hard-negative" (the same paper's EPHN): each anchor with
 * its nearest positive and its nearest negative.
 */
export const batchEasyPositiveHardNegative: Rule = {
  most: ({ anchors }) => anchors,
  choose({ image, distances, positives, negatives }, take) {
    take(image, nearest(distances, positives), nearest(distances, negatives));
  },
  graph: listed((distances, classes) => ({
    ...nearestPositive(distances, classes),
    negatives: nearestNegative(distances, classes),
  })),
};

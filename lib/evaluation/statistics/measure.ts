/**
 * A number that says how good something is, and what has to be known of it. The
 * report, its file and its page come from such rows, grouped by what they are
 * computed of.
 */
export interface Measure<Given extends readonly unknown[]> {
  /** As people write it. */
  name: string;
  /** What it says, in a sentence without its full stop. */
  about: string;
  /** A share of things that were counted, an index without a unit, or nats. */
  unit: "share" | "index" | "nats";
  /** The least and the largest value that it can have. */
  range: readonly [least: number, most: number];
  better: "higher" | "lower";
  /** What guessing reaches, where that does not depend on the classes. */
  chance?: number;
  /** Who defined it. */
  source: string;
  compute: (...given: Given) => number;
}

/** Of a measure that is a share, of which a larger one is better. */
export const shareFacts = {
  unit: "share",
  range: [0, 1],
  better: "higher",
} as const;

/**
 * Computes all measures of one group, by their keys.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { clusterMeasures } from "../clustering/cluster_measures.ts";
 *
 * const scores = computeMeasures(clusterMeasures, [0, 0, 1, 1], [7, 7, 9, 9]);
 * assert.equal(scores.adjustedRandIndex, 1);
 * assert.equal(scores.purity, 1);
 * ```
 */
export function computeMeasures<
  Key extends string,
  Given extends readonly unknown[],
>(
  measures: Record<Key, Measure<Given>>,
  ...given: Given
): Record<Key, number> {
  const values = Object.entries<Measure<Given>>(measures)
    .map(([key, { compute }]) => [key, compute(...given)]);
  return Object.fromEntries(values);
}

/**
 * The mean of each measure over classes or queries.
 *
 * @param rows The values of each, by their keys; at least one.
 * @param weights How much each counts, in whole numbers; the same by default. They
 * are divided by last: so the mean of ones is exactly 1, and no mean is above it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const rows = [{ recall: 1, f1: 0.5 }, { recall: 0, f1: 0.25 }];
 * assert.deepEqual(meanMeasures(rows), { recall: 0.5, f1: 0.375 });
 * assert.equal(meanMeasures(rows, [3, 1]).recall, 0.75);
 * ```
 */
export function meanMeasures<Key extends string>(
  rows: readonly Record<Key, number>[],
  weights: readonly number[] = rows.map(() => 1),
): Record<Key, number> {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (key: Key) =>
    rows.reduce((sum, row, i) => sum + weights[i]! * row[key], 0) / whole;
  const keys = Object.keys(rows[0]!) as Key[];
  return Object.fromEntries(keys.map((key) => [key, mean(key)])) as Record<
    Key,
    number
  >;
}

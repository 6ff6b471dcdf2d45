import { classCounts } from "../../digits/classes.ts";
import { checkWhole } from "../../numeric/domain.ts";
import { checkLength } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import { forEachDistanceRow } from "../../triplets/distances/distance_blocks.ts";
import { checkSeveralClasses } from "../embeddings/checks.ts";
import {
  type LabelledEmbeddings,
  readLabelled,
} from "../embeddings/labelled.ts";
import { nearestFinder } from "./nearest.ts";
import { type RankingScores, scoreAnswers } from "./ranking.ts";
import {
  type RetrievalMeasure,
  retrievalMeasures,
  type TopKMeasure,
  topKMeasures,
} from "./retrieval_measures.ts";
import { computeMeasures, meanMeasures } from "../statistics/measure.ts";

/** Only reports of one gallery compare: a larger one holds more wrong answers. */
export interface RetrievalOptions {
  /**
   * Where the queries' classes are looked for. By default among the queries
   * themselves, each without itself.
   */
  gallery?: LabelledEmbeddings;
  /** The Ks of Recall@K and precision@K; 1 alone by default. */
  ks?: readonly number[];
}

/** How well the nearest images answer; means over the queries, in [0, 1]. */
export interface RetrievalReport extends Record<RetrievalMeasure, number> {
  /** How many queries were measured. */
  queries: number;
  /**
   * How many were left out, as the gallery has no other image of their class
   * and every answer would be wrong.
   */
  lone: number;
  /** For each K, in the order that they were asked for. */
  atK: ({ k: number } & Record<TopKMeasure, number>)[];
}

/**
 * Measures retrieval: whether the images nearest to each query are of its
 * class. The definitions are those of `scoreRanking`, the values those of
 * pytorch-metric-learning's `AccuracyCalculator`.
 *
 * Every query is compared with the whole gallery by matrix products, 16 MB of
 * distances at a time, and of its answers only the R nearest
 * are sorted. Of answers as near as each other the lower index comes first;
 * distances are right to about 10⁻⁶ for unit vectors, so answers nearer to each
 * other than that may change places.
 *
 * @param queries Embeddings and labels; a tensor stays the caller's.
 * @throws {RangeError} If embeddings are not of rank 2, there are none, one is not finite, sizes or labels
 * do not fit, the gallery is of one class only, no query has another image of
 * its class in it, or a K is not a whole number from 1 to the gallery's size
 * (without the query).
 *
 * @example The second of three answers is right
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const queries = { embeddings: tf.tensor2d([[0]]), labels: [4] };
 * const gallery = {
 *   embeddings: tf.tensor2d([[2], [3], [1]]),
 *   labels: [4, 4, 9],
 * };
 * const report = measureRetrieval(queries, { gallery, ks: [1, 2] });
 * assert.deepEqual(report, {
 *   queries: 1,
 *   lone: 0,
 *   atK: [
 *     { k: 1, recall: 0, precision: 0 },
 *     { k: 2, recall: 1, precision: 1 / 2 },
 *   ],
 *   rPrecision: 1 / 2,
 *   mapAtR: 1 / 4,
 *   mrr: 1 / 2,
 * });
 * ```
 */
export function measureRetrieval(
  queries: LabelledEmbeddings,
  options: RetrievalOptions = {},
): RetrievalReport {
  const action = "measure retrieval";
  const { gallery, ks = [1] } = optionsOf(action, options);
  const isOwn = gallery === undefined;
  const from = readLabelled(action, queries);
  const to = isOwn ? from : readLabelled(action, gallery);
  checkSeveralClasses(action, to.labels);
  const itself = isOwn ? 1 : 0;
  const count = to.labels.length;
  const most = count - itself;
  checkLength(action, "Ks", ks);
  for (const k of ks) {
    checkWhole(action, "K", k, 1, most, "the gallery without the query");
  }
  const sizes = classCounts(to.labels);
  const relevantTo = (label: number) => (sizes.get(label) ?? 0) - itself;
  const measured = from.labels.filter((label) => relevantTo(label) > 0).length;
  if (measured === 0) {
    refuse(
      action,
      "queries with another image of their class in the gallery",
      "none",
    );
  }

  const scores: RankingScores[] = [];
  const nearest = nearestFinder(action, count);
  const answers = new Int32Array(count);
  const [queried, all] = [from.embeddings, to.embeddings];
  forEachDistanceRow(action, queried, all, (distances, query) => {
    const label = from.labels[query]!;
    const relevant = relevantTo(label);
    if (relevant <= 0) return;
    if (isOwn) distances[query] = Infinity;
    const length = Math.max(relevant, ...ks);
    const found = nearest(distances, length);
    for (let i = 0; i < length; i++) answers[i] = to.labels[found[i]!]!;
    const ranking = answers.subarray(0, length);
    const scored = scoreAnswers(ranking, label, relevant, ks);
    if (scored.reciprocalRank === 0) {
      scored.reciprocalRank = 1 / firstRank(distances, to.labels, label);
    }
    scores.push(scored);
  });
  const byQuery = scores.map((scored) =>
    computeMeasures(retrievalMeasures, scored)
  );
  return {
    queries: measured,
    lone: from.labels.length - measured,
    atK: ks.map((k, place) => ({
      k,
      ...meanMeasures(
        scores.map((scored) => computeMeasures(topKMeasures, scored, place)),
      ),
    })),
    ...meanMeasures(byQuery),
  };
}

/** The rank of the first right answer, where no sorted one is right. */
function firstRank(
  distances: Float32Array,
  labels: Int32Array,
  label: number,
): number {
  let [nearest, first] = [Infinity, -1];
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === label && distances[i]! < nearest) {
      [nearest, first] = [distances[i]!, i];
    }
  }
  let rank = 1;
  for (let i = 0; i < labels.length; i++) {
    if (distances[i]! < nearest || (distances[i] === nearest && i < first)) {
      rank++;
    }
  }
  return rank;
}

import { classCounts } from "../../digits/classes.ts";
import { checkWhole } from "../../numeric/domain.ts";
import { checkLength } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import { checkSeveralClasses } from "../embeddings/checks.ts";
import { forEachDistanceRow } from "../embeddings/distance_rows.ts";
import {
  type LabelledEmbeddings,
  readLabelled,
} from "../embeddings/labelled.ts";
import { nearestFinder } from "./nearest.ts";
import { type RankingScores, scoreAnswers } from "./ranking.ts";

/** How {@linkcode measureRetrieval} measures. */
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
export interface RetrievalReport {
  /** How many queries were measured. */
  queries: number;
  /**
   * How many were left out, as the gallery has no other image of their class
   * and every answer would be wrong.
   */
  lone: number;
  /** For each K, in the order that they were asked for. */
  atK: {
    k: number;
    /** The share of queries with a right answer among the K nearest. */
    recall: number;
    /** The share of right answers among the K nearest. */
    precision: number;
  }[];
  /** The share of right answers among the R nearest; R is a class's size. */
  rPrecision: number;
  /** The mean average precision over the R nearest. */
  mapAtR: number;
  /** The mean of one divided by the rank of the first right answer. */
  mrr: number;
}

/**
 * Measures retrieval: whether the images nearest to each query are of its
 * class. The definitions are those of `scoreRanking`, the values those of
 * pytorch-metric-learning's `AccuracyCalculator`.
 *
 * Every query is compared with the whole gallery by matrix products on tfjs's
 * backend, 16 MB of distances at a time, and of its answers only the R nearest
 * are sorted. Of answers as near as each other the lower index comes first;
 * distances are right to about 10⁻⁶ for unit vectors, so answers nearer to each
 * other than that may change places.
 *
 * @param queries Embeddings and labels; stay the caller's, as the gallery does.
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
  const most = to.count - itself;
  checkLength(action, "Ks", ks);
  for (const k of ks) {
    checkWhole(action, "K", k, 1, most, "the gallery without the query");
  }
  const sizes = classCounts(to.labels);
  const relevantTo = (label: number) => (sizes.get(label) ?? 0) - itself;
  const queried = from.labels.filter((label) => relevantTo(label) > 0).length;
  if (queried === 0) {
    refuse(
      action,
      "queries with another image of their class in the gallery",
      "none",
    );
  }

  const scores: RankingScores[] = [];
  const nearest = nearestFinder(action, to.count);
  const answers = new Int32Array(to.count);
  forEachDistanceRow(action, from, to, (distances, query) => {
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
  const mean = (score: (scores: RankingScores) => number) =>
    scores.reduce((sum, scored) => sum + score(scored), 0) / queried;
  return {
    queries: queried,
    lone: from.count - queried,
    atK: ks.map((k, i) => ({
      k,
      recall: mean(({ recallAt }) => recallAt[i]!),
      precision: mean(({ precisionAt }) => precisionAt[i]!),
    })),
    rPrecision: mean(({ rPrecision }) => rPrecision),
    mapAtR: mean(({ averagePrecisionAtR }) => averagePrecisionAtR),
    mrr: mean(({ reciprocalRank }) => reciprocalRank),
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

import { checkClasses } from "../../digits/labels.ts";
import { checkWhole } from "../../numeric/domain.ts";
import { checkLength, checkSome } from "../../numeric/list.ts";

/** How well a ranking answers one query; all in [0, 1]. */
export interface RankingScores {
  /** For each K: 1 if the K nearest hold a right answer, else 0. */
  recallAt: number[];
  /** For each K: the share of right answers among the K nearest. */
  precisionAt: number[];
  /** The share of right answers among the R nearest. */
  rPrecision: number;
  /**
   * The sum over the right answers among the R nearest of the precision down
   * to each, divided by R.
   */
  averagePrecisionAtR: number;
  /** One divided by the first right answer's rank; 0 where there is none. */
  reciprocalRank: number;
}

/**
 * Scores the answers to one query: the definition of every measure of
 * `measureRetrieval`, written out.
 *
 * Sources: Musgrave et al. 2020, "A Metric Learning Reality Check"
 * (https://arxiv.org/abs/2003.08505), for R-precision and MAP@R, as in
 * pytorch-metric-learning; Song et al. 2016, "Deep Metric Learning via Lifted
 * Structured Feature Embedding" (https://arxiv.org/abs/1511.06452), for this
 * Recall@K, which asks for one right answer and not for all.
 *
 * @param answers The classes of the gallery's images, nearest first; those
 * beyond the R-th and the largest K only matter to the reciprocal rank.
 * @param label The query's class.
 * @param relevant R, how many images of that class the gallery has, the query
 * itself left out.
 * @param ks The Ks of `recallAt` and `precisionAt`.
 * @throws {RangeError} If R or a K is not a whole number from 1 to the number
 * of answers.
 *
 * @example The first and the third of three answers are right
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const scores = scoreRanking([7, 2, 7], 7, 3, [1, 2]);
 * assert.deepEqual(scores.recallAt, [1, 1]);
 * assert.deepEqual(scores.precisionAt, [1, 1 / 2]);
 * assert.equal(scores.rPrecision, 2 / 3);
 * assert.equal(scores.averagePrecisionAtR, (1 + 2 / 3) / 3);
 * assert.equal(scores.reciprocalRank, 1);
 * ```
 */
export function scoreRanking(
  answers: ArrayLike<number>,
  label: number,
  relevant: number,
  ks: readonly number[] = [],
): RankingScores {
  const action = "score a ranking";
  checkSome(action, "answers", answers);
  checkClasses(action, "answers", answers);
  checkClasses(action, "the label", [label]);
  checkWhole(action, "R", relevant, 1, answers.length, "the answers");
  checkLength(action, "Ks", ks);
  for (const k of ks) checkWhole(action, "K", k, 1, answers.length);
  return scoreAnswers(answers, label, relevant, ks);
}

/** {@linkcode scoreRanking} without checks, for who has checked all queries at once. */
export function scoreAnswers(
  answers: ArrayLike<number>,
  label: number,
  relevant: number,
  ks: readonly number[],
): RankingScores {
  const recallAt = ks.map(() => 0);
  const precisionAt = ks.map(() => 0);
  let [hits, hitsInR, precisions, reciprocalRank] = [0, 0, 0, 0];
  for (let i = 0; i < answers.length; i++) {
    if (answers[i] !== label) continue;
    const rank = i + 1;
    hits++;
    if (hits === 1) reciprocalRank = 1 / rank;
    if (rank <= relevant) {
      hitsInR = hits;
      precisions += hits / rank;
    }
    for (let j = 0; j < ks.length; j++) {
      if (rank > ks[j]!) continue;
      recallAt[j] = 1;
      precisionAt[j] = hits / ks[j]!;
    }
  }
  return {
    recallAt,
    precisionAt,
    rPrecision: hitsInR / relevant,
    averagePrecisionAtR: precisions / relevant,
    reciprocalRank,
  };
}

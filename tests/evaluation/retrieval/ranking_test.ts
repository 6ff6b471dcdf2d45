import { scoreRanking } from "../../../lib/evaluation/retrieval/ranking.ts";
import { assertAlmostEquals, assertThrows } from "../../assert.ts";

/** The fixture of pytorch-metric-learning's test of its AccuracyCalculator. */
const answers = [
  [0, 1, 1, 2, 2],
  [1, 0, 1, 1, 3],
  [4, 4, 4, 4, 2],
  [3, 1, 3, 1, 3],
  [0, 0, 4, 2, 2],
  [1, 2, 3, 4, 5],
];
const labels = [1, 1, 2, 3, 4, 0];
/** How often each class, from 0 on, is in the gallery. */
const sizes = [2, 3, 5, 4, 5];

function means(itself: 0 | 1, lists = answers) {
  const all = lists.map((list, i) =>
    scoreRanking(list, labels[i]!, sizes[labels[i]!]! - itself, [1])
  );
  const mean = (values: number[]) => values.reduce((a, b) => a + b) / 6;
  return {
    precisionAt1: mean(all.map(({ precisionAt }) => precisionAt[0]!)),
    recallAt1: mean(all.map(({ recallAt }) => recallAt[0]!)),
    rPrecision: mean(all.map(({ rPrecision }) => rPrecision)),
    mapAtR: mean(all.map((scores) => scores.averagePrecisionAtR)),
    mrr: mean(all.map(({ reciprocalRank }) => reciprocalRank)),
  };
}

Deno.test("scoreRanking() gives pytorch-metric-learning's known values", () => {
  const found = means(0);
  assertAlmostEquals(found.precisionAt1, 1 / 3, 1e-12);
  assertAlmostEquals(found.recallAt1, 1 / 3, 1e-12);
  assertAlmostEquals(found.rPrecision, 0.372222, 1e-6);
  assertAlmostEquals(found.mapAtR, 0.2446296, 1e-7);
  assertAlmostEquals(found.mrr, 0.5055556, 1e-7);
});

Deno.test("scoreRanking() gives them where the query is in the gallery", () => {
  // R is one less: the query is no answer to itself.
  assertAlmostEquals(means(1).mapAtR, 0.2315, 5e-5);
  // Its test there also drops the first answer of each.
  const found = means(1, answers.map((list) => list.slice(1)));
  assertAlmostEquals(found.precisionAt1, 1 / 6, 1e-12);
  assertAlmostEquals(
    found.rPrecision,
    (1 + 1 / 2 + 1 / 4 + 1 / 3 + 1 / 4) / 6,
    1e-12,
  );
  assertAlmostEquals(
    found.mapAtR,
    (1 + 1 / 4 + 1 / 16 + 1 / 6 + 1 / 8) / 6,
    1e-12,
  );
  assertAlmostEquals(found.mrr, (1 + 3 / 2 + 1 / 4) / 6, 1e-12);
});

Deno.test("scoreRanking() refuses an R or K beyond the answers", () => {
  const refuses = (message: string, relevant: number, ks: number[]) =>
    assertThrows(
      () => scoreRanking([1, 2, 1], 1, relevant, ks),
      RangeError,
      message,
    );
  refuses(
    "expected R to be a whole number from 1 to 3, the answers, got 4",
    4,
    [],
  );
  refuses("got 0", 0, []);
  refuses("expected K to be a whole number from 1 to 3, got 5", 2, [1, 5]);
  refuses("got NaN", 2, [NaN]);
});

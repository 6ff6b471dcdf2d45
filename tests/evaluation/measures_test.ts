import fc from "fast-check";
import { clusterMeasures } from "../../lib/evaluation/clustering/cluster_measures.ts";
import { classMeasures } from "../../lib/evaluation/classification/class_measures.ts";
import { measures } from "../../lib/evaluation/measures.ts";
import { retrievalMeasures } from "../../lib/evaluation/retrieval/retrieval_measures.ts";
import { scoreRanking } from "../../lib/evaluation/retrieval/ranking.ts";
import {
  computeMeasures,
  type Measure,
} from "../../lib/evaluation/statistics/measure.ts";
import { rocCurve } from "../../lib/evaluation/verification/roc.ts";
import { rocMeasures } from "../../lib/evaluation/verification/verification_measures.ts";
import { assert, assertEquals } from "../assert.ts";

type Facts = Measure<never>;

Deno.test("every measure says what it is, once", () => {
  for (const group of Object.values(measures)) {
    const rows = Object.values<Facts>(group);
    const names = rows.map(({ name }) => name);
    assertEquals(new Set(names).size, names.length);
    for (const { about, range: [least, most], chance, source } of rows) {
      assert(least < most && /^[A-Z].*[^.]$/.test(about), about);
      assert(chance === undefined || least <= chance && chance < most);
      assert(source !== "");
    }
  }
});

/** Asserts that values lie in the ranges of their measures. */
function assertInRange<K extends string>(
  group: Record<K, Facts>,
  values: Record<K, number>,
): void {
  assertEquals(Object.keys(values), Object.keys(group));
  for (const [key, { range: [least, most] }] of Object.entries<Facts>(group)) {
    const value = values[key as K];
    assert(value >= least && value <= most, `${key}: ${value}`);
  }
}

/** Asserts that values are the best that their measures can have. */
function assertBest<K extends string>(
  group: Record<K, Facts>,
  values: Record<K, number>,
): void {
  for (const [key, { range, better }] of Object.entries<Facts>(group)) {
    assertEquals(values[key as K], better === "higher" ? range[1] : range[0]);
  }
}

Deno.test("computeMeasures() of clusters is in range, and best for the classes themselves", () => {
  const label = fc.nat(3);
  const pairs = fc.array(fc.tuple(label, label), { minLength: 1 });
  fc.assert(fc.property(pairs, (pairs) => {
    const [clusters, classes] = [0, 1].map((i) =>
      pairs.map((pair) => pair[i]!)
    );
    assertInRange(
      clusterMeasures,
      computeMeasures(clusterMeasures, clusters!, classes!),
    );
    assertBest(
      clusterMeasures,
      computeMeasures(clusterMeasures, classes!, classes!),
    );
  }));
});

Deno.test("computeMeasures() of a ROC curve is in range, and best for pairs that are apart", () => {
  const list = fc.array(fc.nat(9), { minLength: 1 })
    .map((values) => Float32Array.from(values));
  fc.assert(fc.property(list, list, (positive, negative) => {
    const roc = rocCurve({ positive, negative });
    assertInRange(rocMeasures, computeMeasures(rocMeasures, roc));
    const apart = rocCurve({ positive, negative: negative.map((d) => d + 10) });
    assertBest(rocMeasures, computeMeasures(rocMeasures, apart));
  }));
});

Deno.test("computeMeasures() of an answer and of a class is in range, and best where all is right", () => {
  const answers = fc.array(fc.nat(1), { minLength: 1 });
  fc.assert(fc.property(answers, (answers) => {
    const scores = scoreRanking(answers, 1, answers.length);
    assertInRange(
      retrievalMeasures,
      computeMeasures(retrievalMeasures, scores),
    );
    const right = answers.filter((answer) => answer === 1).length;
    const counts = { right, predicted: answers.length, support: right + 1 };
    assertInRange(classMeasures, computeMeasures(classMeasures, counts));
  }));
  assertBest(
    retrievalMeasures,
    computeMeasures(retrievalMeasures, scoreRanking([1, 1, 0], 1, 2)),
  );
  const all = { right: 3, predicted: 3, support: 3 };
  assertBest(classMeasures, computeMeasures(classMeasures, all));
});

import fc from "fast-check";
import { classReport } from "../../../lib/evaluation/classification/class_report.ts";
import { confusionMatrix } from "../../../lib/evaluation/classification/confusion_matrix.ts";
import golden from "../../fixtures/measures.json" with { type: "json" };
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { assertNear } from "../embeddings/near.ts";

Deno.test("classReport() equals scikit-learn's classification_report", () => {
  const { predicted, actual, scores, accuracy } = golden.report;
  const report = classReport(confusionMatrix(predicted, actual, [1, 2, 5, 9]));
  const ours = [...report.classes, report.macro, report.weighted];
  assertEquals(ours.length, scores.length);
  ours.forEach(({ precision, recall, f1, support }, i) =>
    assertNear([precision, recall, f1, support], scores[i]!, 1e-12)
  );
  assertAlmostEquals(report.accuracy, accuracy, 1e-12);
});

Deno.test("classReport() counts each class one against the rest", () => {
  const label = fc.nat(3);
  const pairs = fc.array(fc.tuple(label, label), { minLength: 1 });
  fc.assert(fc.property(pairs, (items) => {
    const { classes } = classReport(confusionMatrix(
      items.map(([predicted]) => predicted),
      items.map(([, actual]) => actual),
      [0, 1, 2, 3],
    ));
    classes.forEach(({ precision, recall, f1, support }, label) => {
      const taken = items.filter(([predicted]) => predicted === label);
      const own = items.filter(([, actual]) => actual === label);
      const right = taken.filter(([, actual]) => actual === label).length;
      assertEquals(support, own.length);
      assertEquals(precision, right / (taken.length || 1));
      assertEquals(recall, right / (own.length || 1));
      const harmonic = 2 / (1 / precision + 1 / recall);
      assertAlmostEquals(f1, right === 0 ? 0 : harmonic, 1e-12);
    });
  }));
});

Deno.test("classReport() has averages of exactly 1 where all is right, and none above", () => {
  for (let classes = 1; classes < 60; classes++) {
    const perfect = Array.from(
      { length: classes },
      (_, i) => Array.from({ length: classes }, (_, j) => i === j ? 3 + i : 0),
    );
    const { macro, weighted, accuracy } = classReport(perfect);
    for (const { precision, recall, f1 } of [macro, weighted]) {
      assertEquals([precision, recall, f1, accuracy], [1, 1, 1, 1]);
    }
  }
  const matrices = fc.integer({ min: 1, max: 12 }).chain((size) => {
    const row = fc.array(fc.nat(9), { minLength: size, maxLength: size });
    return fc.array(row, { minLength: size, maxLength: size });
  }).filter((matrix) => matrix.flat().some((count) => count > 0));
  fc.assert(fc.property(matrices, (matrix) => {
    const { classes, macro, weighted, accuracy } = classReport(matrix);
    for (const { precision, recall, f1 } of [...classes, macro, weighted]) {
      for (const share of [precision, recall, f1, accuracy]) {
        assert(share >= 0 && share <= 1);
      }
    }
  }));
});

Deno.test("classReport() refuses what is no confusion matrix", () => {
  const refuses = (message: string, matrix: number[][]) =>
    assertThrows(() => classReport(matrix), RangeError, message);
  refuses("expected 2 counts of a row, got 3", [[1, 2, 3], [1, 2, 3]]);
  refuses(
    "expected counts of a row to be a whole number of 0 or more each, got -1",
    [[1, -1], [1, 2]],
  );
  refuses("got NaN", [[NaN]]);
  refuses("expected a confusion matrix with counts, got none", [[0, 0], [
    0,
    0,
  ]]);
  refuses("got none", []);
});

import { checkList, checkSome } from "../../numeric/list.ts";
import { refuse } from "../../numeric/refuse.ts";
import { computeMeasures, meanMeasures } from "../statistics/measure.ts";
import { type ClassMeasure, classMeasures } from "./class_measures.ts";

/** How well one class, or an average over classes, is recognized, in [0, 1]. */
export interface ClassScores extends Record<ClassMeasure, number> {
  /** How many items are of this class. */
  support: number;
}

/** Scores by class, and three ways to put them into one number. */
export interface ClassReport {
  /** In the order of the matrix. */
  classes: ClassScores[];
  /** The share of all items that were recognized, in [0, 1]. */
  accuracy: number;
  /** The mean over classes, each counting the same. */
  macro: ClassScores;
  /** The mean over classes, each counting by its support. */
  weighted: ClassScores;
}

/**
 * Computes precision, recall and F1 of each class, and their averages, as
 * scikit-learn's `classification_report` does. Where there is nothing to
 * divide by (a class that was never predicted, or never there) they are 0.
 *
 * @param matrix `[classes, classes]`, row = actual class, column =
 * predicted class, as `confusionMatrix` and `evaluateCentroids` give it.
 * @throws {RangeError} If the matrix is not square, holds something else than
 * whole numbers of 0 or more, or counts nothing.
 *
 * @example Two of three fours are found, and one nine is taken for a four
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { classes: [four, nine], accuracy } = classReport([[2, 1], [1, 0]]);
 * assert.deepEqual(four, {
 *   precision: 2 / 3, recall: 2 / 3, f1: 2 / 3, support: 3,
 * });
 * assert.deepEqual(nine, { precision: 0, recall: 0, f1: 0, support: 1 });
 * assert.equal(accuracy, 0.5);
 * ```
 */
export function classReport(
  matrix: readonly ArrayLike<number>[],
): ClassReport {
  const confusion = readConfusion(matrix);
  const predicted = new Float64Array(confusion.length);
  for (const row of confusion) {
    for (let label = 0; label < row.length; label++) {
      predicted[label]! += row[label]!;
    }
  }
  const classes = confusion.map((row, label): ClassScores => {
    const support = sum(row);
    const counts = {
      right: row[label]!,
      predicted: predicted[label]!,
      support,
    };
    return { ...computeMeasures(classMeasures, counts), support };
  });
  const supports = classes.map(({ support }) => support);
  return {
    classes,
    accuracy: sum(confusion.map((row, label) => row[label]!)) / sum(supports),
    macro: average(classes, supports.map(() => 1)),
    weighted: average(classes, supports),
  };
}

function readConfusion(confusion: readonly ArrayLike<number>[]): number[][] {
  const action = "report on classes";
  checkSome(action, "a confusion matrix with rows", confusion);
  const matrix = Array.from(confusion, (row) => {
    checkList(action, "counts of a row", row, count, confusion.length);
    return Array.from(row);
  });
  if (sum(matrix.flat()) === 0) {
    refuse(action, "a confusion matrix with counts", "none");
  }
  return matrix;
}

const count = { type: "integer", min: 0 } as const;

/** The means of the measures, and the support of all classes. */
function average(classes: ClassScores[], weights: number[]): ClassScores {
  const support = sum(classes.map(({ support }) => support));
  return { ...meanMeasures(classes, weights), support };
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

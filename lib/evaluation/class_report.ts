/** How well one class, or an average over classes, is recognized. */
export interface ClassScores {
  /** The share of those taken for this class that are of it, in [0, 1]. */
  precision: number;
  /** The share of this class that was taken for it, in [0, 1]. */
  recall: number;
  /** The harmonic mean of both. */
  f1: number;
  /** How many items are of this class. */
  support: number;
}

/** What {@linkcode classReport} makes of a confusion matrix. */
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
 * @param confusion `[classes, classes]`, row = actual class, column =
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
  confusion: readonly ArrayLike<number>[],
): ClassReport {
  const matrix = readConfusion(confusion);
  const classes = matrix.map((row, label): ClassScores => {
    const right = row[label]!;
    const support = sum(row);
    const predicted = sum(matrix.map((other) => other[label]!));
    return {
      precision: ratio(right, predicted),
      recall: ratio(right, support),
      f1: ratio(2 * right, support + predicted),
      support,
    };
  });
  const total = sum(classes.map(({ support }) => support));
  return {
    classes,
    accuracy: sum(matrix.map((row, label) => row[label]!)) / total,
    macro: average(classes, classes.map(() => 1 / classes.length)),
    weighted: average(classes, classes.map(({ support }) => support / total)),
  };
}

function readConfusion(confusion: readonly ArrayLike<number>[]): number[][] {
  const matrix = confusion.map((row) => Array.from(row));
  const fail = (expected: string, got: unknown) => {
    throw new RangeError(
      `Cannot report on classes: expected ${expected}, got ${got}`,
    );
  };
  for (const row of matrix) {
    if (row.length !== matrix.length) {
      fail(`rows of ${matrix.length} counts`, row.length);
    }
    for (const count of row) {
      if (!Number.isInteger(count) || count < 0) {
        fail("whole counts of 0 or more", count);
      }
    }
  }
  if (sum(matrix.flat()) === 0) fail("a confusion matrix with counts", "none");
  return matrix;
}

function average(classes: ClassScores[], weights: number[]): ClassScores {
  const mean = (name: keyof ClassScores) =>
    sum(classes.map((scores, i) => weights[i]! * scores[name]));
  return {
    precision: mean("precision"),
    recall: mean("recall"),
    f1: mean("f1"),
    support: sum(classes.map(({ support }) => support)),
  };
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

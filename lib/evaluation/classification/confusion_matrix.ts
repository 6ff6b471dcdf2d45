import { checkWhole } from "../../numeric/domain.ts";
import { checkClasses } from "../../digits/labels.ts";
import { checkSome } from "../../numeric/list.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import { checkPredictions } from "../embeddings/checks.ts";

/** A table of more classes would need more than 800 MB. */
const MOST = 10_000;

/**
 * Counts how often each class was taken for each.
 *
 * @param classes The classes in the order of rows and columns, each once.
 * @returns `[classes, classes]`: row = actual class, column = predicted class,
 * as scikit-learn's `confusion_matrix` has it.
 * @throws {RangeError} If there are no predictions, the lists differ in
 * length, a label or prediction is not among the classes, or these are more than
 * 10,000.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const confusion = confusionMatrix([4, 9, 9], [4, 4, 9], [4, 9]);
 * assert.deepEqual(confusion, [[1, 1], [0, 1]]);
 * ```
 */
export function confusionMatrix(
  predicted: ArrayLike<number>,
  actual: ArrayLike<number>,
  classes: ArrayLike<number>,
): number[][] {
  const action = "count confusions";
  checkPredictions(action, predicted, actual);
  checkSome(action, "classes", classes);
  checkClasses(action, "classes", classes);
  checkWhole(action, "the number of classes", classes.length, 1, MOST);
  const place = new Map(Array.from(classes, (label, i) => [label, i]));
  if (place.size !== classes.length) {
    refuse(action, "distinct classes", shown(classes));
  }
  const find = (label: number) => {
    const found = place.get(label);
    if (found !== undefined) return found;
    const known = shown(Array.from(classes)).slice(1, -1);
    refuse(action, `classes ${known}`, `${label}`);
  };
  const counts = Array.from(
    classes,
    () => new Array<number>(classes.length).fill(0),
  );
  for (let i = 0; i < actual.length; i++) {
    counts[find(actual[i]!)]![find(predicted[i]!)]!++;
  }
  return counts;
}

import { checkClasses, checkLabels } from "../../digits/labels.ts";
import { checkValue } from "../../numeric/domain.ts";
import { checkSome } from "../../numeric/list.ts";
import { refuse, shown } from "../../numeric/refuse.ts";

/**
 * Refuses labels that are no whole numbers of 32 bits, or none.
 *
 * @throws {RangeError} If there are no labels, or one of them is wrong.
 */
export function checkSomeLabels(
  action: string,
  labels: ArrayLike<number>,
): void {
  checkSome(action, "labels", labels);
  checkLabels(action, labels);
}

/**
 * Refuses predictions that are not one whole number for each label.
 *
 * @throws {RangeError} If the two lists differ in length, or hold something else.
 */
export function checkPredictions(
  action: string,
  predicted: ArrayLike<number>,
  actual: ArrayLike<number>,
): void {
  checkSomeLabels(action, actual);
  checkClasses(action, "predictions", predicted, actual.length);
}

/**
 * Refuses labels that leave nothing to tell apart.
 *
 * @throws {RangeError} If all are of one class.
 */
export function checkSeveralClasses(
  action: string,
  labels: ArrayLike<number>,
): void {
  for (let i = 1; i < labels.length; i++) {
    if (labels[i] !== labels[0]) return;
  }
  refuse(action, "at least two classes", `class ${labels[0]} alone`);
}

/**
 * Refuses labels of classes that a classifier cannot predict.
 *
 * @param classes Those that it can, repeated or not.
 * @throws {RangeError} If one is not among the classes.
 */
export function checkAmongClasses(
  action: string,
  labels: ArrayLike<number>,
  classes: ArrayLike<number>,
): void {
  const known = new Set(Array.from(classes));
  const missing = Array.from(labels).find((label) => !known.has(label));
  if (missing === undefined) return;
  const names = [...known].toSorted((a, b) => a - b).join(", ");
  refuse(action, `labels among the classes ${names}`, `${missing}`);
}

/**
 * Refuses a false accept rate that is none, or that there are too few
 * impostors to measure: less than one of them would be accepted.
 *
 * @param impostors How many there are.
 * @param name What they are, such as "negative pairs".
 * @throws {RangeError} If the rate is not in (0, 1], or there are too few.
 */
export function checkFalseAcceptRate(
  action: string,
  rate: number,
  impostors: number,
  name: string,
): void {
  checkValue(action, "the false accept rate", rate, share);
  // A hair less than 1 / rate, which rounding may have put above 1,000.
  const needed = Math.ceil((1 - 1e-12) / rate);
  if (impostors >= needed) return;
  refuse(
    action,
    `at least ${needed} ${name} for a false accept rate of ${rate}`,
    `${impostors}`,
  );
}

const share = { type: "number", above: 0, max: 1 } as const;

/**
 * Refuses a threshold that nothing can be compared with.
 *
 * @throws {RangeError} If it is not a number, of which ±Infinity are some.
 */
export function checkThreshold(action: string, threshold: unknown): void {
  if (isNumber(threshold)) return;
  refuse(action, "the threshold to be a number", shown(threshold));
}

/** Whether a value is a number, infinite or not, but not NaN. */
export function isNumber(value: unknown): boolean {
  return typeof value === "number" && !Number.isNaN(value);
}

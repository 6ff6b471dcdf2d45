import { checkItems, checkLength } from "../../numeric/list.ts";
import { checkPredictions, isNumber } from "../embeddings/checks.ts";

/**
 * The share of predictions that are right, in [0, 1].
 *
 * @throws {RangeError} If there are none, or the two lists differ in length.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(accuracy([1, 2, 3, 4], [1, 2, 3, 9]), 0.75);
 * ```
 */
export function accuracy(
  predicted: ArrayLike<number>,
  actual: ArrayLike<number>,
): number {
  const { right } = rightAndWrong(predicted, actual);
  return right.length / actual.length;
}

/**
 * Which predictions are right and which are wrong.
 *
 * @param margins How sure each prediction was, such as the `margins` of
 * `nearestCentroid`. With it both lists begin with the surest
 * one, so that the first wrong ones are the worst mistakes; without it they
 * are in ascending order.
 * @returns Two lists of indices into the arguments.
 * @throws {RangeError} If there are no predictions, the lists differ in
 * length, or a margin is NaN.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { right, wrong } = rightAndWrong([1, 2, 7], [1, 3, 9], [1, 0.1, 0.4]);
 * assert.deepEqual([...right], [0]);
 * assert.deepEqual([...wrong], [2, 1]);
 * ```
 */
export function rightAndWrong(
  predicted: ArrayLike<number>,
  actual: ArrayLike<number>,
  margins?: ArrayLike<number>,
): { right: Int32Array; wrong: Int32Array } {
  const action = "compare predictions";
  checkPredictions(action, predicted, actual);
  if (margins !== undefined) {
    checkLength(action, "margins", margins, actual.length);
    checkItems(action, "margins to be numbers", margins, isNumber);
  }
  const lists: { right: number[]; wrong: number[] } = { right: [], wrong: [] };
  for (let i = 0; i < actual.length; i++) {
    lists[predicted[i] === actual[i] ? "right" : "wrong"].push(i);
  }
  if (margins) {
    // Not a subtraction: the margins may be infinite. The sort is stable.
    const surestFirst = (a: number, b: number) =>
      margins[a]! > margins[b]! ? -1 : Number(margins[a]! < margins[b]!);
    lists.right.sort(surestFirst);
    lists.wrong.sort(surestFirst);
  }
  return {
    right: Int32Array.from(lists.right),
    wrong: Int32Array.from(lists.wrong),
  };
}

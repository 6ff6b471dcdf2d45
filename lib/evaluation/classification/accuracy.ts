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
 * @param certainties How sure each prediction was, such as the `certainties` of
 * `nearestCentroid`. With it both lists begin with the surest
 * one, so that the first wrong ones are the worst mistakes; without it they
 * are in ascending order.
 * @returns Two lists of indices into the arguments.
 * @throws {RangeError} If there are no predictions, the lists differ in
 * length, or a certainty is NaN.
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
  certainties?: ArrayLike<number>,
): { right: Int32Array; wrong: Int32Array } {
  const action = "compare predictions";
  checkPredictions(action, predicted, actual);
  if (certainties !== undefined) {
    checkLength(action, "certainties", certainties, actual.length);
    checkItems(action, "certainties to be numbers", certainties, isNumber);
  }
  const lists: { right: number[]; wrong: number[] } = { right: [], wrong: [] };
  for (let i = 0; i < actual.length; i++) {
    lists[predicted[i] === actual[i] ? "right" : "wrong"].push(i);
  }
  if (certainties) {
    // Not a subtraction: they may be infinite. The sort is stable.
    const surestFirst = (a: number, b: number) =>
      certainties[a]! > certainties[b]!
        ? -1
        : Number(certainties[a]! < certainties[b]!);
    lists.right.sort(surestFirst);
    lists.wrong.sort(surestFirst);
  }
  return {
    right: Int32Array.from(lists.right),
    wrong: Int32Array.from(lists.wrong),
  };
}

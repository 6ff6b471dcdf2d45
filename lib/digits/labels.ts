import { isIn } from "../numeric/domain.ts";
import { checkItems, checkLength } from "../numeric/list.ts";

const label = { type: "integer", min: -(2 ** 31), max: 2 ** 31 - 1 } as const;

/**
 * Refuses labels that are not one whole number of 32 bits for each item.
 *
 * @param action What is being done, the opening of an error's message.
 * @param count How many items there are; any number by default.
 * @throws {RangeError} If the number of labels or one of them is wrong.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * checkLabels("sort images", Uint8Array.of(7, 1), 2);
 * assert.throws(() => checkLabels("sort images", [7, 0.5]), {
 *   message:
 *     "Cannot sort images: expected labels to be whole numbers of 32 bits, got 0.5 at 1",
 * });
 * ```
 */
export function checkLabels(
  action: string,
  labels: unknown,
  count?: number,
): asserts labels is ArrayLike<number> {
  checkClasses(action, "labels", labels, count);
}

/** Refuses a list of classes that is no list of whole numbers, under its own name. */
export function checkClasses(
  action: string,
  name: string,
  list: unknown,
  count?: number,
): asserts list is ArrayLike<number> {
  checkLength(action, name, list, count);
  const expected = `${name} to be whole numbers of 32 bits`;
  checkItems(action, expected, list, (item) => isIn(label, item));
}

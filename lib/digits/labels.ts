import { refuse, shown } from "../numeric/refuse.ts";

/**
 * Refuses labels that are not a list of whole numbers of 32 bits: a fraction would
 * become another class as soon as it is stored, and text another one than its
 * number.
 *
 * @param action What is being done, the opening of an error's message.
 * @param count How many there should be; left out, any number.
 * @throws {RangeError} With the first label that is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * checkLabels("count classes", [0, 1, 1], 3);
 * assert.throws(() => checkLabels("count classes", [0, 0.7]), {
 *   message:
 *     "Cannot count classes: expected labels to be whole numbers of 32 bits, got 0.7 at 1",
 * });
 * ```
 */
export function checkLabels(
  action: string,
  labels: ArrayLike<number>,
  count?: number,
): void {
  const isList = typeof labels === "object" &&
    Number.isSafeInteger(labels?.length);
  if (!isList) refuse(action, "a list of labels", shown(labels));
  if (count !== undefined && labels.length !== count) {
    refuse(action, `${count} labels`, `${labels.length}`);
  }
  for (let i = 0; i < labels.length; i++) {
    const label: unknown = labels[i];
    if (typeof label === "number" && (label | 0) === label) continue;
    const expected = "labels to be whole numbers of 32 bits";
    refuse(action, expected, `${shown(label)} at ${i}`);
  }
}

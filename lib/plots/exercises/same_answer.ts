import { refuse, shown } from "../../numeric/refuse.ts";

/** What an answer is to be: a number, a text, or a list of these. */
export type Expected = number | string | readonly (number | string)[];

/**
 * Whether an answer is the one that is expected. Numbers may differ a little;
 * capitals and spaces around a text do not count.
 *
 * @param answer Anything that a reader may have written.
 * @param tolerance How far a number may be from the expected one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.ok(isSameAnswer([1, " Anchor "], [1.01, "anchor"], 0.1));
 * assert.ok(!isSameAnswer("1", 1, 0.1));
 * ```
 */
export function isSameAnswer(
  answer: unknown,
  expected: Expected,
  tolerance: number,
): boolean {
  if (typeof expected === "number") {
    return typeof answer === "number" &&
      Math.abs(answer - expected) <= tolerance;
  }
  if (typeof expected === "string") {
    return typeof answer === "string" && plain(answer) === plain(expected);
  }
  const answers = listOf(answer);
  return answers?.length === expected.length &&
    expected.every((one, i) => isSameAnswer(answers[i], one, tolerance));
}

const plain = (text: string) => text.trim().toLowerCase();

/** The items of an array, a typed array or a set. */
function listOf(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value;
  return (ArrayBuffer.isView(value) && !(value instanceof DataView)) ||
      value instanceof Set
    ? Array.from(value as Float32Array)
    : undefined;
}

/**
 * Refuses an expected answer that no answer can be.
 *
 * @throws {RangeError} If it is no number, text or list of these.
 */
export function checkExpected(
  action: string,
  expected: unknown,
): asserts expected is Expected {
  const items: unknown[] = Array.isArray(expected) ? expected : [expected];
  const isOne = (item: unknown) =>
    typeof item === "string" || Number.isFinite(item);
  if (items.length > 0 && items.every(isOne)) return;
  refuse(
    action,
    "the right answer to be a number, a text, a list of these, or a function",
    shown(expected),
  );
}

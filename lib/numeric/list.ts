import { expectation, isIn, type NumberDomain } from "./domain.ts";
import { refuse, shown } from "./refuse.ts";

/**
 * Refuses what is not a list of numbers of a domain: an array, a typed array, or
 * anything else with a length and numbers at 0, 1, 2 …
 *
 * @param action What is being done, the opening of an error's message.
 * @param name What the numbers are, such as "labels".
 * @param count How many there must be; any number, none included, by default.
 * @throws {RangeError} If it is something else, of another length, or one of its
 * items is not in the domain.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const rate = { type: "number", min: 0, max: 1 } as const;
 * checkList("draw", "rates", [0, 0.5], rate);
 * assert.throws(() => checkList("draw", "rates", [0, "1"], rate), {
 *   message:
 *     'Cannot draw: expected rates to be a number from 0 to 1 each, got "1" at 1',
 * });
 * ```
 */
export function checkList(
  action: string,
  name: string,
  list: unknown,
  domain: NumberDomain,
  count?: number,
): asserts list is ArrayLike<number> {
  checkLength(action, name, list, count);
  const expected = `${name} to be ${expectation(domain)} each`;
  checkItems(action, expected, list, (item) => isIn(domain, item));
}

/**
 * Refuses a list with an item that is not right.
 *
 * @param expected What each item should be, such as "names to be text".
 * @throws {RangeError} If one is not.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const isText = (item: unknown) => typeof item === "string";
 * checkItems("sort", "names to be text", ["a", "b"], isText);
 * assert.throws(() => checkItems("sort", "names to be text", ["a", 3], isText), {
 *   message: "Cannot sort: expected names to be text, got 3 at 1",
 * });
 * ```
 */
export function checkItems(
  action: string,
  expected: string,
  list: ArrayLike<unknown>,
  isRight: (item: unknown) => boolean,
): void {
  for (let i = 0; i < list.length; i++) {
    if (!isRight(list[i])) {
      refuse(action, expected, `${shown(list[i])} at ${i}`);
    }
  }
}

/**
 * Refuses what is not a list, or not of a length.
 *
 * @param count As for {@linkcode checkList}.
 * @throws {RangeError} If it is something else, or of another length.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * checkLength("draw", "captions", ["a", "b"], 2);
 * assert.throws(() => checkLength("draw", "captions", "ab", 2), {
 *   message: 'Cannot draw: expected captions to be a list, got "ab"',
 * });
 * ```
 */
export function checkLength(
  action: string,
  name: string,
  list: unknown,
  count?: number,
): asserts list is ArrayLike<unknown> {
  if (!isList(list)) refuse(action, `${name} to be a list`, shown(list));
  if (count === undefined || list.length === count) return;
  refuse(action, `${count} ${name}`, `${list.length}`);
}

/**
 * Refuses a list that has nothing in it.
 *
 * @throws {RangeError} If it is none, or empty.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * checkSome("draw", "lines", [1]);
 * assert.throws(() => checkSome("draw", "lines", []), {
 *   message: "Cannot draw: expected lines, got none",
 * });
 * ```
 */
export function checkSome(
  action: string,
  name: string,
  list: unknown,
): asserts list is ArrayLike<unknown> {
  checkLength(action, name, list);
  if (list.length === 0) refuse(action, name, "none");
}

function isList(list: unknown): list is ArrayLike<unknown> {
  if (typeof list !== "object" || list === null) return false;
  const { length } = list as { length?: unknown };
  return Number.isSafeInteger(length) && length as number >= 0;
}

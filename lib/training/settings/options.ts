import { type Domain, expectation, isIn } from "../../numeric/domain.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import { nearestWord } from "./nearest_word.ts";

/** Values that no {@linkcode Domain} describes, such as functions. */
export interface Kind {
  type: "kind";
  /** In words. */
  expected: string;
  has(value: unknown): boolean;
}

/** What is known of an option. */
export interface KnownOption {
  domain: Domain | Kind;
  /** Whether it may be left out. */
  optional?: true;
}

/** Options by their names. */
export type OptionTable = Readonly<Record<string, KnownOption>>;

/** A path of a file or folder. */
export const path: Kind = {
  type: "kind",
  expected: "a path",
  has: (value) => typeof value === "string" && value.trim() !== "",
};

/** Something to call. */
export const callback: Kind = {
  type: "kind",
  expected: "a function",
  has: (value) => typeof value === "function",
};

/** What ends something early. */
export const signal: Kind = {
  type: "kind",
  expected: "an AbortSignal",
  has: (value) => value instanceof AbortSignal,
};

/**
 * Refuses options that are missing, unknown, or have a value that they may not
 * have. One that is `undefined` counts as not given.
 *
 * @param action What is being done, the opening of an error's message.
 * @param noun What one of them is called, such as "setting".
 * @throws {RangeError} With the name, and the value or the name it may stand for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const table = { steps: { domain: { type: "integer", min: 1 } } } as const;
 * checkOptions("train", "setting", { steps: 3 }, table);
 * assert.throws(() => checkOptions("train", "setting", { stepz: 3 }, table), {
 *   message: 'Cannot train: expected the setting "steps", got "stepz"',
 * });
 * ```
 */
export function checkOptions(
  action: string,
  noun: string,
  given: unknown,
  table: OptionTable,
): void {
  checkNames(action, noun, given, Object.keys(table));
  for (const [name, { domain, optional }] of Object.entries(table)) {
    const value = Object.hasOwn(given, name)
      ? (given as Record<string, unknown>)[name]
      : undefined;
    if (value === undefined && optional) continue;
    checkOption(action, name, value, domain);
  }
}

/**
 * Refuses a value that an option may not have.
 *
 * @throws {RangeError} With the name and the value.
 */
export function checkOption(
  action: string,
  name: string,
  value: unknown,
  domain: Domain | Kind,
): void {
  const isKind = domain.type === "kind";
  if (isKind ? domain.has(value) : isIn(domain, value)) return;
  const expected = isKind ? domain.expected : expectation(domain);
  refuse(action, `${name} to be ${expected}`, shown(value));
}

/**
 * Refuses what is no record, and names that are not known.
 *
 * @throws {RangeError} With the name that may have been meant, or all there are.
 */
export function checkNames(
  action: string,
  noun: string,
  given: unknown,
  known: readonly string[],
): asserts given is object {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    refuse(action, `${noun}s in an object`, shown(given));
  }
  // What is undefined is not given, whatever its name: an old option, say.
  const odd = Object.entries(given)
    .find(([name, value]) => value !== undefined && !known.includes(name));
  if (!odd) return;
  const near = nearestWord(odd[0], known);
  refuse(
    action,
    near === undefined
      ? `${noun}s among ${known.join(", ")}`
      : `the ${noun} "${near}"`,
    shown(odd[0]),
  );
}

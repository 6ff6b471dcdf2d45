import { isPath } from "../../files/paths.ts";
import {
  checkValue,
  type Domain,
  type KindDomain,
} from "../../numeric/domain.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import { nearestWord } from "./nearest_word.ts";

/** What is known of an option. */
export interface KnownOption {
  domain: Domain;
  /** Whether it may be left out. */
  optional?: true;
}

/** Options by their names. */
export type OptionTable = Readonly<Record<string, KnownOption>>;

/** A path of a file or folder. */
export const path: KindDomain = {
  type: "kind",
  expected: "a path",
  has: isPath,
};

/** Something to call. */
export const callback: KindDomain = {
  type: "kind",
  expected: "a function",
  has: (value) => typeof value === "function",
};

/** Options, whose names are checked elsewhere. */
export const record: KindDomain = {
  type: "kind",
  expected: "an object",
  has: (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value),
};

/** What ends something early. */
export const signal: KindDomain = {
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
    checkValue(action, name, value, domain);
  }
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

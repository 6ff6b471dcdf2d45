import {
  type BooleanDomain,
  type ChoiceDomain,
  expectation,
  isIn,
  type ListDomain,
  type NumberDomain,
} from "../../numeric/domain.ts";

interface Described {
  /** What the option decides: one line of the help text. */
  description: string;
  /** What it is where it is not given, in words, if the command decides that. */
  usually?: string | undefined;
}

/** A number. */
export interface NumberOption extends Described, NumberDomain {
  default?: number;
}

/** One of a few words or numbers. */
export interface ChoiceOption extends Described, ChoiceDomain {
  default?: string | number;
}

/** A file or folder; `optional`, it may stand without one, and is `true` then. */
export interface PathOption extends Described {
  type: "path";
  optional?: true;
  default?: string;
}

/** A switch that is off until it is given. */
export interface BooleanOption extends Described, BooleanDomain {}

/** Numbers with commas between them. */
export interface ListOption extends Described, ListDomain {
  default?: readonly number[];
}

/** One option of a command. */
export type Option =
  | NumberOption
  | ChoiceOption
  | PathOption
  | BooleanOption
  | ListOption;

/** A mistake in a command's arguments; its message is all that the user needs. */
export class FlagError extends Error {
  override name = "FlagError";
}

/**
 * Reads the text that was given for an option.
 *
 * @throws {FlagError} If the text is not what the option expects.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const steps = { type: "integer", min: 1, description: "" } as const;
 * assert.equal(optionValue("--steps", steps, "20"), 20);
 * assert.throws(() => optionValue("--steps", steps, "0.5"), FlagError);
 * ```
 */
export function optionValue(
  name: string,
  option: Option,
  text: string | undefined,
): boolean | number | string | number[] {
  const value = valueOf(option, text);
  if (value === undefined) {
    throw new FlagError(
      `Cannot read ${name}: expected ${wording(option)}, got ${
        text || "nothing"
      }`,
    );
  }
  return value;
}

/** What may stand behind an option, in words. */
function wording(option: Option): string {
  if (option.type === "boolean") return "no value";
  return option.type === "path" ? "a path" : expectation(option);
}

function valueOf(option: Option, text: string | undefined) {
  if (option.type === "boolean") return text === undefined ? true : undefined;
  if (option.type === "path" && option.optional && text === undefined) {
    return true;
  }
  if (!text?.trim()) return undefined;
  if (option.type === "path") return text;
  if (option.type === "choice") {
    return option.of.find((choice) => String(choice) === text);
  }
  if (option.type === "list") {
    const values = text.split(",").map((each) =>
      each.trim() ? Number(each) : NaN
    );
    return isIn(option, values) ? values : undefined;
  }
  const value = Number(text);
  return isIn(option, value) ? value : undefined;
}

interface Described {
  /** What the option decides: one line of the help text. */
  description: string;
}

/** A number; `min` and `max` include their bound, `above` excludes it. */
export interface NumberOption extends Described {
  type: "integer" | "number";
  min?: number;
  above?: number;
  max?: number;
  default?: number;
}

/** One of a few words. */
export interface ChoiceOption extends Described {
  type: "choice";
  of: readonly string[];
  default?: string;
}

/** A file or folder; `optional`, it may stand without one, and is `true` then. */
export interface PathOption extends Described {
  type: "path";
  optional?: true;
  default?: string;
}

/** A switch that is off until it is given. */
export interface BooleanOption extends Described {
  type: "boolean";
}

/** One option of a command. */
export type Option = NumberOption | ChoiceOption | PathOption | BooleanOption;

/** A mistake in a command's arguments; its message is all that the user needs. */
export class FlagError extends Error {
  override name = "FlagError";
}

/**
 * Says in words what an option's value may be.
 *
 * @example A range
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(
 *   expectation({ type: "number", above: 0, max: 1, description: "" }),
 *   "a number above 0 and of at most 1",
 * );
 * ```
 */
export function expectation(option: Option): string {
  if (option.type === "boolean") return "no value";
  if (option.type === "path") return "a path";
  if (option.type === "choice") return `one of ${option.of.join(", ")}`;
  const kind = option.type === "integer" ? "a whole number" : "a number";
  const { min, above, max } = option;
  if (min !== undefined && max !== undefined) {
    return `${kind} from ${min} to ${max}`;
  }
  const bounds = [
    ...(min === undefined ? [] : [`of ${min} or more`]),
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(max === undefined ? [] : [`of at most ${max}`]),
  ];
  return [kind, bounds.join(" and ")].join(" ").trim();
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
): boolean | number | string {
  const value = valueOf(option, text);
  if (value === undefined) {
    throw new FlagError(
      `Cannot read ${name}: expected ${expectation(option)}, got ${
        text || "nothing"
      }`,
    );
  }
  return value;
}

function valueOf(option: Option, text: string | undefined) {
  if (option.type === "boolean") return text === undefined ? true : undefined;
  if (option.type === "path" && option.optional && text === undefined) {
    return true;
  }
  if (!text?.trim()) return undefined;
  if (option.type === "path") return text;
  if (option.type === "choice") {
    return option.of.includes(text) ? text : undefined;
  }
  const value = Number(text);
  const { min = -Infinity, above = -Infinity, max = Infinity } = option;
  const isKind = option.type === "integer"
    ? Number.isSafeInteger(value)
    : Number.isFinite(value);
  return isKind && value >= min && value > above && value <= max
    ? value
    : undefined;
}

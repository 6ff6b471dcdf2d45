import { refuse, shown } from "./refuse.ts";

/** A number; `min` and `max` belong to the range, `above` and `below` do not. */
export interface NumberDomain {
  type: "integer" | "number";
  min?: number;
  above?: number;
  max?: number;
  below?: number;
}

/** One of a few words or numbers. */
export interface ChoiceDomain {
  type: "choice";
  of: readonly (string | number)[];
}

/** True or false. */
export interface BooleanDomain {
  type: "boolean";
}

/** A list of numbers of which no two are the same; it may be empty. */
export interface ListDomain {
  type: "list";
  /** What each may be. */
  item: NumberDomain;
  /** How many there are at most. */
  most: number;
}

/** Values that none of these describes, such as functions. */
export interface KindDomain {
  type: "kind";
  /** In words. */
  expected: string;
  has(value: unknown): boolean;
}

/** The values that an argument, a setting or an option may have. */
export type Domain =
  | NumberDomain
  | ChoiceDomain
  | BooleanDomain
  | ListDomain
  | KindDomain;

/**
 * Says in words which values a domain has.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(
 *   expectation({ type: "number", above: 0, max: 1 }),
 *   "a number above 0 and of at most 1",
 * );
 * assert.equal(expectation({ type: "choice", of: [28, 224] }), "one of 28, 224");
 * ```
 */
export function expectation(domain: Domain): string {
  if (domain.type === "boolean") return "true or false";
  if (domain.type === "kind") return domain.expected;
  if (domain.type === "choice") return `one of ${domain.of.join(", ")}`;
  if (domain.type === "list") {
    const { item, most } = domain;
    return `a list of at most ${most}, each once and ${expectation(item)}`;
  }
  const kind = domain.type === "integer" ? "a whole number" : "a number";
  const { min, above, max, below } = domain;
  if (min !== undefined && max !== undefined) {
    return `${kind} from ${min} to ${max}`;
  }
  const bounds = [
    ...(min === undefined ? [] : [`of ${min} or more`]),
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(max === undefined ? [] : [`of at most ${max}`]),
    ...(below === undefined ? [] : [`below ${below}`]),
  ];
  return [kind, bounds.join(" and ")].join(" ").trim();
}

/**
 * Whether a domain has a value. No domain has NaN, infinity, a number that is
 * written as text, or a whole number that float64 does not hold exactly.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.ok(isIn({ type: "integer", min: 1 }, 3));
 * assert.ok(!isIn({ type: "integer", min: 1 }, "3"));
 * ```
 */
export function isIn(domain: Domain, value: unknown): boolean {
  if (domain.type === "boolean") return typeof value === "boolean";
  if (domain.type === "kind") return domain.has(value);
  if (domain.type === "choice") {
    return domain.of.includes(value as string | number);
  }
  if (domain.type === "list") return isListIn(domain, value);
  const isKind = domain.type === "integer"
    ? Number.isSafeInteger(value)
    : Number.isFinite(value);
  if (!isKind) return false;
  const number = value as number;
  const { min, above, max, below } = domain;
  return !(number < min! || number <= above! || number > max! ||
    number >= below!);
}

function isListIn({ item, most }: ListDomain, value: unknown): boolean {
  if (!Array.isArray(value) || value.length > most) return false;
  // Unlike `every` of the list itself, this meets its gaps too.
  return new Set(value).size === value.length &&
    Array.from(value).every((each) => isIn(item, each));
}

/**
 * Refuses a value that is not in its domain.
 *
 * @param action What is being done, the opening of an error's message.
 * @param name What the value is, such as "margin".
 * @throws {RangeError} If the domain does not have it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const margin = { type: "number", min: 0 } as const;
 * checkValue("train", "margin", 0.2, margin);
 * assert.throws(() => checkValue("train", "margin", "0.2", margin), {
 *   message:
 *     'Cannot train: expected margin to be a number of 0 or more, got "0.2"',
 * });
 * ```
 */
export function checkValue(
  action: string,
  name: string,
  value: unknown,
  domain: Domain,
): void {
  if (isIn(domain, value)) return;
  refuse(action, `${name} to be ${expectation(domain)}`, shown(value));
}

/**
 * Refuses what is not a whole number within bounds.
 *
 * @param action What is being done, the opening of an error's message.
 * @param name What the number is, such as "k".
 * @param min 0 by default.
 * @param max Without a limit by default.
 * @param reason What the upper bound is; nothing by default.
 * @throws {RangeError} If the value is no whole number in [min, max].
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * checkWhole("count sheep", "a flock", 3, 1, 5);
 * assert.throws(() => checkWhole("count sheep", "a flock", 9, 1, 5), {
 *   message:
 *     "Cannot count sheep: expected a flock to be a whole number from 1 to 5, got 9",
 * });
 * ```
 */
export function checkWhole(
  action: string,
  name: string,
  value: unknown,
  min = 0,
  max = Infinity,
  reason = "",
): void {
  const domain: NumberDomain = max === Infinity
    ? { type: "integer", min }
    : { type: "integer", min, max };
  if (isIn(domain, value)) return;
  const expected = `${name} to be ${expectation(domain)}`;
  refuse(action, reason ? `${expected}, ${reason}` : expected, shown(value));
}

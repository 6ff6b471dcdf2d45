/**
 * Refuses what a function was asked to do, in the one form that all of this
 * library's errors have: what was done, what was expected, what came.
 *
 * @param action What is being done, as in "find neighbours".
 * @param expected What the value should have been.
 * @param got What came, in words; {@linkcode shown} puts a value into words.
 * @throws {RangeError} Always.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.throws(() => refuse("count sheep", "a flock", shown([])), {
 *   name: "RangeError",
 *   message: "Cannot count sheep: expected a flock, got []",
 * });
 * ```
 */
export function refuse(action: string, expected: string, got: string): never {
  throw new RangeError(`Cannot ${action}: expected ${expected}, got ${got}`);
}

/**
 * The same for a file or a text that is damaged or none of its kind.
 *
 * @throws {SyntaxError} Always.
 */
export function refuseFile(
  action: string,
  expected: string,
  got: string,
  options?: ErrorOptions,
): never {
  throw new SyntaxError(
    `Cannot ${action}: expected ${expected}, got ${got}`,
    options,
  );
}

/**
 * Does some work and tells what it was part of if it is refused.
 *
 * @throws {RangeError} What the work throws, with the action before its message.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const count = () => refuse("count sheep", "a flock", "none");
 * assert.throws(() => within("sleep", count), {
 *   message: "Cannot sleep: Cannot count sheep: expected a flock, got none",
 * });
 * ```
 */
export function within<T>(action: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new RangeError(`Cannot ${action}: ${cause.message}`, { cause });
  }
}

/** Longer texts and lists are cut, so that a message stays one line. */
const longest = 60;

/**
 * A value in the words of an error's message. Text stands in quotation marks, so
 * that "3" and 3 look different.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(shown(0.5), "0.5");
 * assert.equal(shown("0.5"), '"0.5"');
 * assert.equal(shown([28, 28, 1]), "[28, 28, 1]");
 * assert.equal(shown(undefined), "nothing");
 * assert.equal(shown({ k: 3 }), "an object with k");
 * ```
 */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return JSON.stringify(shortened(value));
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return listed(value);
  if ("shape" in value && Array.isArray(value.shape)) {
    return `a tensor of shape ${listed(value.shape)}`;
  }
  const keys = Object.keys(value);
  return keys.length === 0
    ? "an object without keys"
    : `an object with ${shortened(keys.join(", "))}`;
}

function listed(list: readonly unknown[] | ArrayBufferView): string {
  if (list instanceof DataView) return `${list.byteLength} bytes`;
  const items = Array.from(list as ArrayLike<unknown>).slice(0, longest);
  const text = items.map((item) => Array.isArray(item) ? "[…]" : shown(item));
  return `[${shortened(text.join(", "))}]`;
}

const shortened = (text: string) =>
  text.length > longest ? `${text.slice(0, longest)}…` : text;

import { refuse, shown } from "./refuse.ts";

/**
 * Refuses what is not an object with options, and gives it back.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If it is nothing, a list, or no object at all.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { margin } = optionsOf("train", { margin: 0.2 });
 * assert.equal(margin, 0.2);
 * assert.throws(() => optionsOf("train", null), {
 *   message: "Cannot train: expected an object with options, got null",
 * });
 * ```
 */
export function optionsOf<T extends object>(
  action: string,
  options: T | null | undefined,
): T {
  if (typeof options === "object" && options && !Array.isArray(options)) {
    return options;
  }
  refuse(action, "an object with options", shown(options));
}

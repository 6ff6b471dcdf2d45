import { refuse, shown } from "../numeric/refuse.ts";

/**
 * Refuses what names no file or folder: another value than text, text that is
 * blank (it would mean the working directory), the text of a URL, a NUL.
 *
 * @param action What is being done, the opening of an error's message.
 * @param name What the path is, such as "directory".
 * @throws {RangeError} If it is no path.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * checkPath("load MNIST", "directory", "data");
 * assert.throws(() => checkPath("load MNIST", "directory", ""), {
 *   message: 'Cannot load MNIST: expected directory to be a path, got ""',
 * });
 * ```
 */
export function checkPath(action: string, name: string, value: unknown): void {
  const isPath = typeof value === "string" && value.trim() !== "" &&
    !value.includes("\0") && !/^[a-z][a-z0-9+.-]+:\/\//i.test(value);
  if (!isPath) refuse(action, `${name} to be a path`, shown(value));
}

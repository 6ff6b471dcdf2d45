import { resolve } from "node:path";
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
  if (!isPath(value)) refuse(action, `${name} to be a path`, shown(value));
}

/** Whether a value is text that is neither blank nor a URL and holds no NUL. */
export function isPath(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "" &&
    !value.includes("\0") && !/^[a-z][a-z0-9+.-]+:\/\//i.test(value);
}

/**
 * The full path of a file or folder of this project, wherever the program or
 * the notebook's kernel was started. Jupyter starts a kernel in the notebook's
 * folder, VS Code in the one that is set there: a path such as `../out` means
 * something else in each.
 *
 * Where this library is imported from a registry, there is no project, and the
 * path is one in the working directory.
 *
 * @param path Relative to the project's folder, such as `out/weights.safetensors`.
 * @throws {RangeError} If it is no path.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isAbsolute } from "node:path";
 *
 * assert.ok(isAbsolute(projectPath("data/nn2-4d.safetensors")));
 * assert.throws(() => projectPath(""), RangeError);
 * ```
 */
export function projectPath(path: string): string {
  checkPath("find a file of the project", "its path", path);
  const here = import.meta.dirname;
  return here === undefined ? resolve(path) : resolve(here, "..", "..", path);
}

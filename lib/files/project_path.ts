import { resolve } from "node:path";
import { refuse, shown } from "../numeric/refuse.ts";

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
 * @throws {RangeError} If it is not text, or empty.
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
  if (typeof path !== "string" || path === "") {
    refuse("find a path of the project", "text with a path", shown(path));
  }
  const here = import.meta.dirname;
  return here === undefined ? resolve(path) : resolve(here, "..", "..", path);
}

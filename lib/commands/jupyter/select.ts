import { basename } from "node:path";
import { CommandError } from "../arguments/command.ts";

/**
 * The notebooks of a folder that are meant by names such as `05`,
 * `05_training` or `notebooks/05_training.ipynb`, in order; all of them where
 * there are no names.
 *
 * @returns Their names without folder and ending.
 * @throws {CommandError} If a name means no notebook, or there is none at all.
 */
export async function selectNotebooks(
  folder: string,
  names: readonly string[],
): Promise<string[]> {
  const there: string[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile && name.endsWith(".ipynb")) there.push(stem(name));
  }
  there.sort();
  if (there.length === 0) {
    throw new CommandError(
      `Cannot find a notebook: expected .ipynb files in ${folder}, got none`,
    );
  }
  if (names.length === 0) return there;
  const chosen = new Set(names.map((name) => {
    const wanted = stem(name);
    const found = there.find((one) =>
      one === wanted || one.startsWith(`${wanted}_`)
    );
    if (found) return found;
    throw new CommandError(
      `Cannot find notebook ${name}: expected one of ${there.join(", ")}`,
    );
  }));
  return there.filter((name) => chosen.has(name));
}

function stem(name: string): string {
  return basename(name, ".ipynb");
}

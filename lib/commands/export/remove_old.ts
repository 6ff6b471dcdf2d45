import { basename, dirname, join } from "node:path";

/**
 * Removes what an earlier export left in the folder of a new one, which has fewer
 * files.
 *
 * @param written The paths of the new export's files, which lie in one folder.
 * @param own The names that an export's files may have.
 * @returns The paths that were removed.
 */
export async function removeOld(
  written: readonly string[],
  own: RegExp,
): Promise<string[]> {
  const folder = dirname(written[0]!);
  const names = written.map((path) => basename(path));
  const removed: string[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (!isFile || !own.test(name) || names.includes(name)) continue;
    removed.push(join(folder, name));
  }
  for (const path of removed.sort()) await Deno.remove(path);
  return removed;
}

import { dirname, join } from "node:path";
import { checkPath } from "./paths.ts";
import { refuse } from "../numeric/refuse.ts";

const temporaryName = /\.[0-9a-f-]{36}\.tmp$/;

/**
 * Writes a file whole or not at all: under a temporary name beside it, then
 * renamed. When that fails nothing stays behind, and an older file of the
 * name is unchanged. A link of the name is replaced; what it leads to stays.
 *
 * A process that is killed while it writes cannot tidy up; its temporary file
 * is what {@linkcode removeAbandoned} removes.
 *
 * @throws {RangeError} If the path is none, or that of a folder or a device,
 * which a renamed file would replace.
 * @throws {Deno.errors.NotFound} If there is no such folder; and whatever
 * else hinders the writing.
 *
 * @example
 * ```ts ignore
 * await writeWholeFile("out/report.json", new TextEncoder().encode("{}"));
 * ```
 */
export async function writeWholeFile(
  path: string,
  bytes: Uint8Array,
): Promise<void> {
  await checkFilePath(path);
  // Not the file's name with an ending: that may be too long.
  const temporary = join(dirname(path), `.${crypto.randomUUID()}.tmp`);
  try {
    await Deno.writeFile(temporary, bytes, { createNew: true });
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

async function checkFilePath(path: string): Promise<void> {
  checkPath("write a file", "its path", path);
  // Without the permission one would be asked for it.
  const { state } = await Deno.permissions.query({ name: "read", path });
  if (state !== "granted") return;
  const there = await Deno.stat(path).catch(() => undefined);
  if (!there || there.isFile) return;
  const got = there.isDirectory ? "a folder" : "a device or pipe";
  refuse(`write ${path}`, "the path of a file", got);
}

/**
 * Removes the temporary files of {@linkcode writeWholeFile} in a folder that
 * nobody has written to for a minute: those of killed processes. It never
 * fails.
 *
 * @example
 * ```ts ignore
 * await removeAbandoned("out");
 * ```
 */
export async function removeAbandoned(directory: string): Promise<void> {
  const minuteAgo = Date.now() - 60_000;
  try {
    for await (const { name } of Deno.readDir(directory)) {
      if (!temporaryName.test(name)) continue;
      const path = join(directory, name);
      const { mtime } = await Deno.stat(path);
      if (mtime && mtime.getTime() < minuteAgo) await Deno.remove(path);
    }
  } catch {
    // Housekeeping: whatever hinders it (another process that was faster, a
    // read-only disk) must not hinder the work.
  }
}

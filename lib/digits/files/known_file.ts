import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { refuse } from "../../numeric/refuse.ts";
import { unpackGzip } from "./gzip.ts";
import { removeAbandoned, writeWholeFile } from "../../files/whole_file.ts";

/** A file whose content is known in advance. */
export interface KnownFile {
  /** Its name in the folder; with `.gz` behind it, the packed file. */
  name: string;
  /** The SHA-256 of its unpacked content, in hexadecimal. */
  sha256: string;
}

/**
 * Reads a known file from a folder, plain or gzip. If it is not there it is
 * fetched, checked and stored there for the next time. Where the permission
 * to read or write the folder is missing, or the disk is read-only, the
 * fetched bytes are only returned. It never asks for a permission.
 *
 * @param directory The folder; it is made if it does not exist. Without one,
 * nothing is read or stored.
 * @param fetchFile Gets the content from elsewhere.
 * @returns The unpacked content.
 * @throws {RangeError} If a file is where a folder should be, or the other way
 * round.
 * @throws {Deno.errors.InvalidData} If the file or what was fetched has
 * another SHA-256. The file is left as it is.
 * @throws {SyntaxError} If the packed file is damaged.
 *
 * @example Bytes that are what they should be
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const file = {
 *   name: "abc",
 *   sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
 * };
 * const fetchFile = () => Promise.resolve(new TextEncoder().encode("abc"));
 * const bytes = await readKnownFile(file, undefined, fetchFile);
 * assert.equal(bytes.length, 3);
 * ```
 */
export async function readKnownFile(
  file: KnownFile,
  directory: string | undefined,
  fetchFile: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const folder = await usable("read", directory);
  const writable = await usable("write", folder);
  if (writable !== undefined) await removeAbandoned(writable);
  if (folder !== undefined) {
    for (const name of [file.name, `${file.name}.gz`]) {
      const path = join(folder, name);
      const bytes = await readIfThere(path);
      if (!bytes) continue;
      const content = unpackGzip(bytes, path);
      check(content, file, path, "Delete it to have it fetched again");
      return content;
    }
  }
  const content = await fetchFile();
  check(
    content,
    file,
    `the fetched ${file.name}`,
    "Nothing was stored; fetch it again or put the right file there",
  );
  if (writable !== undefined) await store(join(writable, file.name), content);
  return content;
}

/** The folder if the permission is there without asking for it. */
async function usable(
  name: "read" | "write",
  path: string | undefined,
): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const { state } = await Deno.permissions.query({ name, path });
  return state === "granted" ? path : undefined;
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (error instanceof Deno.errors.NotADirectory) {
      refuse(`read ${path}`, `${dirname(path)} to be a folder`, "a file");
    }
    if (error instanceof Deno.errors.IsADirectory) {
      refuse(`read ${path}`, "a file", "a folder");
    }
    throw error;
  }
}

async function store(path: string, content: Uint8Array): Promise<void> {
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await writeWholeFile(path, content);
  } catch (error) {
    if (!isReadOnly(error)) throw error;
  }
}

function isReadOnly(error: unknown): boolean {
  return error instanceof Deno.errors.PermissionDenied ||
    error instanceof Error && "code" in error && error.code === "EROFS";
}

function check(
  content: Uint8Array,
  { sha256 }: KnownFile,
  name: string,
  advice: string,
): void {
  const actual = createHash("sha256").update(content).digest("hex");
  if (actual === sha256) return;
  throw new Deno.errors.InvalidData(
    `Cannot use ${name}: expected SHA-256 ${sha256}, got ${actual} (${content.length} bytes). ${advice}.`,
  );
}

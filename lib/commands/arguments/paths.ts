import { basename, dirname, join } from "node:path";
import { CommandError } from "./command.ts";
import { clashOf, ifThere, locate, type Located } from "./places.ts";

/** A file that a command reads or writes. */
export interface CommandPath {
  /** What a user knows it by, such as `--json`. */
  name: string;
  /** That of an option that was not given is none. */
  path: string | undefined;
}

/** A file or folder that a command reads. */
export interface Input extends CommandPath {
  /** Whether it may lie in a folder that is written, as where a run goes on. */
  goesOn?: boolean;
}

/** A file, or a folder that is the command's with all that is in it. */
export interface Output extends CommandPath {
  isFolder?: boolean;
}

/**
 * Makes sure, before a command's work, that its outputs can be written and that
 * none of them replaces an input or another output, by whatever name or link;
 * then makes the folders that they lie in. Where it refuses, nothing has
 * changed.
 *
 * @throws {CommandError} With the output that cannot be written, and why.
 *
 * @example
 * ```ts ignore
 * const weights = { name: "--weights", path: "w.safetensors" };
 * await checkOutputs([weights], [{ name: "--json", path: "./w.safetensors" }]);
 * // Cannot write --json to ./w.safetensors: expected a place of its own, got
 * // that of --weights, w.safetensors
 * ```
 */
export async function checkOutputs(
  inputs: readonly Input[],
  outputs: readonly Output[],
): Promise<void> {
  const taken: (Input & Placed)[] = await placed(inputs);
  const written = await placed(outputs);
  for (const output of written) checkKind(output);
  for (const output of written) {
    for (const other of taken) {
      if (other.goesOn && output.isFolder) continue;
      const clash = clashOf(output.place, other.place);
      if (!clash) continue;
      throw new CommandError(
        `Cannot write ${output.name} to ${output.path}: expected a place of its own, got ${clash} ${other.name}, ${other.path}`,
      );
    }
    taken.push(output);
  }
  for (const output of written) await checkWritable(output);
  for (const { path } of written) await makeFolder(dirname(path));
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true });
  } catch (error) {
    // Such as a link to nothing.
    refuse(folder, "a folder that can be made", (error as Error).message);
  }
}

/** A path that was given, and where it leads. */
interface Placed {
  path: string;
  place: Located;
}

async function placed<P extends CommandPath>(
  paths: readonly P[],
): Promise<(P & Placed)[]> {
  const all: (P & Placed)[] = [];
  for (const each of paths) {
    const { name, path } = each;
    if (path === undefined) continue;
    try {
      all.push({ ...each, path, place: await locate(path) });
    } catch (error) {
      throw new CommandError(
        `Cannot use ${path} for ${name}: expected a path, got ${
          (error as Error).message
        }`,
      );
    }
  }
  return all;
}

/** Refuses to replace what is there and no file, or not to be written. */
function checkKind(
  { path, isFolder = false, place: { there } }: Output & Placed,
): void {
  const wanted = isFolder ? "a folder" : "the path of a file";
  if (!there) {
    const isFoldersName = /(^|[/\\])\.{0,2}$/.test(path);
    if (isFoldersName && !isFolder) refuse(path, wanted, "that of a folder");
    return;
  }
  const kind = kindOf(there);
  if (kind !== (isFolder ? "a folder" : "a file")) refuse(path, wanted, kind);
  // Renaming would replace it all the same.
  const isReadOnly = there.mode !== null && (there.mode & 0o222) === 0;
  if (isReadOnly) refuse(path, "one that may be written", "a read-only one");
}

async function checkWritable(
  { path, isFolder, place: { there } }: Output & Placed,
): Promise<void> {
  const folder = there && isFolder ? path : dirname(path);
  try {
    await probe(folder, [basename(path)]);
  } catch (error) {
    const { message } = error as Error;
    refuse(folder, "a folder that can be written", message);
  }
}

function refuse(path: string, expected: string, got: string): never {
  throw new CommandError(
    `Cannot write to ${path}: expected ${expected}, got ${got}`,
  );
}

function kindOf({ isFile, isDirectory }: Deno.FileInfo): string {
  if (isFile) return "a file";
  return isDirectory ? "a folder" : "a device or pipe";
}

/**
 * Makes sure that a file can be written in a folder, or in the one that the folder
 * will be made in.
 *
 * @param names What will be made: the file, and folders above it.
 */
async function probe(folder: string, names: string[]): Promise<void> {
  const parent = await ifThere(() => Deno.stat(folder));
  if (!parent) {
    await probe(dirname(folder), [...names, basename(folder)]);
    return;
  }
  for (const name of names) {
    // Fails where the name is too long.
    await ifThere(() => Deno.lstat(join(folder, name)));
  }
  const path = join(folder, `.${crypto.randomUUID()}.tmp`);
  await Deno.writeFile(path, new Uint8Array(), { createNew: true });
  await Deno.remove(path);
}

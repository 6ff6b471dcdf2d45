import { join } from "node:path";
import { checkPath } from "../../files/paths.ts";
import { refuse } from "../../numeric/refuse.ts";
import { removeAbandoned, writeWholeFile } from "../../files/whole_file.ts";
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
} from "./checkpoint.ts";

/** A checkpoint and where it was found. */
export interface FoundCheckpoint {
  path: string;
  checkpoint: Checkpoint;
  /** What is wrong with newer ones that could not be read, a line for each. */
  damaged: string[];
  /** The path, and those of the older ones beside it, the newest first. */
  paths: string[];
}

const fileName = /^step-(\d+)\.safetensors$/;

/**
 * Reads a checkpoint: a file, or the newest of a folder that is not damaged.
 *
 * @throws {Deno.errors.NotFound} If there is none.
 * @throws {SyntaxError} If the file, or every one of the folder, is damaged.
 * @throws {RangeError} If another version of this library wrote it, or the path
 * is none.
 *
 * @example
 * ```ts ignore
 * const { checkpoint, path } = await readCheckpoint("out/checkpoints");
 * console.log(`${path} is of step ${checkpoint.steps.length}`);
 * ```
 */
export async function readCheckpoint(path: string): Promise<FoundCheckpoint> {
  const paths = await checkpointsAt(path);
  const damaged: string[] = [];
  for (const [i, each] of paths.entries()) {
    try {
      const checkpoint = decodeCheckpoint(await Deno.readFile(each), each);
      return { path: each, checkpoint, damaged, paths: paths.slice(i) };
    } catch (error) {
      // Another format is not damage: older files beside it are no way round.
      if (error instanceof RangeError) throw error;
      damaged.push((error as Error).message);
    }
  }
  if (damaged.length > 0) throw new SyntaxError(damaged.join("\n"));
  throw new Deno.errors.NotFound(
    `Cannot resume: expected a checkpoint step-<number>.safetensors at ${path}, got none`,
  );
}

/**
 * Writes a checkpoint into a folder, which is made if need be, and leaves it
 * with the newest before it; all others are removed. Killed at any moment it
 * leaves those there were, or the new one too.
 *
 * @param earlier The run's own checkpoints in the folder, the newest first. If
 * there are none, those in the folder are of another run.
 * @returns The paths of those that are left, the newest first.
 *
 * @example
 * ```ts ignore
 * let paths: string[] = [];
 * paths = await writeCheckpoint("out/checkpoints", checkpoint, paths);
 * ```
 */
export async function writeCheckpoint(
  folder: string,
  checkpoint: Checkpoint,
  earlier: readonly string[],
): Promise<string[]> {
  const bytes = encodeCheckpoint(checkpoint);
  const path = join(folder, `step-${checkpoint.steps.length}.safetensors`);
  const left = [path, ...earlier.filter((other) => other !== path)].slice(0, 2);
  await Deno.mkdir(folder, { recursive: true });
  // Another run's must not be there when this run has one: it could be newer.
  if (earlier.length === 0) await removeOthers(folder, []);
  await writeWholeFile(path, bytes);
  await removeOthers(folder, left);
  await removeAbandoned(folder);
  return left;
}

async function removeOthers(folder: string, left: string[]): Promise<void> {
  for (const path of await checkpointsIn(folder)) {
    if (!left.includes(path)) await Deno.remove(path);
  }
}

/**
 * The checkpoints in a folder, the newest first; none if there is no folder.
 *
 * @throws {RangeError} If the path is none, or that of a file.
 */
export async function checkpointsIn(folder: string): Promise<string[]> {
  checkPath("write checkpoints", "their folder", folder);
  const found: { step: number; path: string }[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) {
      const step = Number(fileName.exec(name)?.[1]);
      if (step >= 0) found.push({ step, path: join(folder, name) });
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotADirectory) {
      refuse(`write checkpoints in ${folder}`, "a folder", "a file");
    }
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort((a, b) => b.step - a.step).map(({ path }) => path);
}

/**
 * What {@linkcode readCheckpoint} would read: the file, or those of the folder.
 *
 * @throws {RangeError} If the path is none.
 */
export async function checkpointsAt(path: string): Promise<string[]> {
  checkPath("read a checkpoint", "its path", path);
  const there = await Deno.stat(path).catch(() => undefined);
  return there?.isFile ? [path] : await checkpointsIn(path);
}

import { dirname, join } from "node:path";
import { CommandError } from "./command.ts";

/**
 * Makes a folder and makes sure that files can be written there, so that a
 * command fails before its work and not after it.
 *
 * @throws {CommandError} If it cannot be written.
 */
export async function checkWritable(folder: string): Promise<void> {
  const probe = join(folder, `.${crypto.randomUUID()}.tmp`);
  try {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeFile(probe, new Uint8Array());
    await Deno.remove(probe);
  } catch (error) {
    throw new CommandError(
      `Cannot write to ${folder}: expected a folder that can be written, got ${
        (error as Error).message
      }`,
    );
  }
}

/**
 * Makes sure that a file can be written at a path.
 *
 * @throws {CommandError} If its folder cannot be written or it is a folder.
 */
export async function checkFile(path: string): Promise<void> {
  await checkWritable(dirname(path));
  const { isDirectory } = await Deno.stat(path)
    .catch(() => ({ isDirectory: false }));
  if (isDirectory) {
    throw new CommandError(
      `Cannot write to ${path}: expected the path of a file, got a folder`,
    );
  }
}

/**
 * Turns the errors of the library that a user can cure into those of a
 * command, which are shown without a stack trace.
 */
export async function explaining<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const curable = error instanceof RangeError ||
      error instanceof SyntaxError || error instanceof Deno.errors.NotFound;
    throw curable ? new CommandError(error.message) : error;
  }
}

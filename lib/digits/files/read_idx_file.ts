import { checkPath } from "../../files/paths.ts";
import { refuse } from "../../numeric/refuse.ts";
import { type ByteArray, readIdx } from "./idx.ts";

/**
 * Reads an IDX file from a path, plain or gzip. Where the path is not there, the
 * same with `.gz` behind it is read.
 *
 * @param name What the path is, such as "images".
 * @param dimensions The number of dimensions that the file must have.
 * @throws {Deno.errors.NotFound} If neither is there.
 * @throws {RangeError} If it is no path, or a folder.
 * @throws {SyntaxError} If the file is damaged or no IDX file of bytes with so many
 * dimensions.
 *
 * @example
 * ```ts ignore
 * const { shape } = await readIdxFile("images", "data/t10k-images-idx3-ubyte", 3);
 * ```
 */
export async function readIdxFile(
  name: string,
  path: string,
  dimensions: number,
): Promise<ByteArray> {
  const action = "load images and labels";
  checkPath(action, name, path);
  for (const each of [path, `${path}.gz`]) {
    const bytes = await readIfThere(action, name, each);
    if (bytes) return readIdx(bytes, each, dimensions);
  }
  throw new Deno.errors.NotFound(
    `Cannot ${action}: expected ${name} at ${path} or ${path}.gz, got no such file`,
  );
}

async function readIfThere(
  action: string,
  name: string,
  path: string,
): Promise<Uint8Array | undefined> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    const isNone = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (isNone) return undefined;
    if (error instanceof Deno.errors.IsADirectory) {
      refuse(action, `${name} to be a file`, `the folder ${path}`);
    }
    throw error;
  }
}

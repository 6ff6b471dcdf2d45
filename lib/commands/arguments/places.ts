import { basename, dirname, isAbsolute, join, sep } from "node:path";

/** Where a path leads. */
export interface Place {
  /** Without links, and the same for all spellings. */
  real: string;
  /** What is there. */
  there?: Pick<Deno.FileInfo, "dev" | "ino"> | undefined;
}

/** Where nothing is there yet, `real` is where it would be. */
export type Located = Place & { there: Deno.FileInfo | undefined };

/**
 * Finds where a path leads, also one of a file that is not there yet, and the
 * target of a link to nothing.
 *
 * @throws What hinders it: links in a circle, a name that is too long.
 */
export async function locate(path: string): Promise<Located> {
  const there = await ifThere(() => Deno.stat(path));
  if (there) return { real: await Deno.realPath(path), there };
  const folder = dirname(path);
  // A link that leads to nothing yet.
  const target = await Deno.readLink(path).catch(() => undefined);
  if (target !== undefined) {
    return await locate(isAbsolute(target) ? target : `${folder}/${target}`);
  }
  if (folder === path) throw new Error("no such folder");
  const { real } = await locate(folder);
  return { real: join(real, basename(path)), there: undefined };
}

/**
 * How two places are in each other's way, in the words of an error's message.
 *
 * @param ignoresCase Whether names that differ in nothing but their case or the
 * composition of their letters are one (default what the operating system's
 * disks usually do).
 */
export function clashOf(
  a: Place,
  b: Place,
  ignoresCase: boolean = ["darwin", "windows"].includes(Deno.build.os),
): string | undefined {
  const [first, second] = [a, b].map(({ real }) =>
    ignoresCase ? real.normalize("NFC").toLowerCase() : real
  );
  if (first === second || isOneFile(a, b)) return "that of";
  if (first!.startsWith(second + sep)) return "a place in that of";
  if (second!.startsWith(first + sep)) return "a place around that of";
}

/** Two names of one file, as a hard link makes them. */
function isOneFile({ there: a }: Place, { there: b }: Place): boolean {
  return Boolean(a?.ino && b?.ino) && a!.ino === b!.ino && a!.dev === b!.dev;
}

/** What a look at a file gives; nothing where there is none. */
export async function ifThere<T>(
  look: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    const isNot = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (!isNot) throw error;
  }
}

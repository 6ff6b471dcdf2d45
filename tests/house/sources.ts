import { dirname, join } from "node:path/posix";

/** The root of the project. */
export const root = new URL("../../", import.meta.url);

/** A source file of this project and what it imports from others. */
export interface SourceFile {
  /** From the root of the project: `lib/digits/split.ts`. */
  path: string;
  folder: string;
  text: string;
  /** Paths of files of this project, those imported for types alone too. */
  imports: string[];
}

/** All TypeScript files below a folder of the project, by path. */
export function readSources(folder: string): SourceFile[] {
  return pathsBelow(folder).toSorted().map((path) => {
    const text = Deno.readTextFileSync(new URL(path, root));
    return {
      path,
      folder: dirname(path),
      text,
      imports: importsOf(path, text),
    };
  });
}

function pathsBelow(folder: string): string[] {
  return [...Deno.readDirSync(new URL(folder, root))].flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) return pathsBelow(path);
    return path.endsWith(".ts") ? [path] : [];
  });
}

/** Lines of comments, where examples import too, begin with an asterisk. */
const imported = /^(?! *\*).*?\b(?:from|import) ?\(?"(\.{1,2}\/[^"?]+)/gm;

function importsOf(path: string, text: string): string[] {
  return [...text.matchAll(imported)].map(([, to]) => join(dirname(path), to!));
}

/**
 * The arrows of a graph that lie on a circle, as `from → to`. An arrow from a
 * node to itself is none.
 */
export function circles(arrows: Iterable<readonly [string, string]>): string[] {
  const targets = new Map<string, Set<string>>();
  for (const [from, to] of arrows) {
    if (from === to) continue;
    targets.set(from, (targets.get(from) ?? new Set()).add(to));
  }
  const reachable = (start: string) => {
    const seen = new Set<string>([start]);
    // A set gives what is added while it is read, too.
    for (const node of seen) targets.get(node)?.forEach((to) => seen.add(to));
    return seen;
  };
  return [...targets].flatMap(([from, all]) =>
    [...all].filter((to) => reachable(to).has(from))
      .map((to) => `${from} → ${to}`)
  );
}

import { projectPath } from "../../files/paths.ts";
import { declaredNames } from "./declared_names.ts";

/** The first letters of a cell's code that a message quotes. */
const longestQuote = 50;
/** Names by which modules find out where they run, with `typeof`. */
const probed = [
  "define",
  "document",
  "exports",
  "global",
  "module",
  "process",
  "require",
  "self",
  "window",
];
/** Marks the stand-in of a name, which a second call may replace. */
const standIn = Symbol.for("@facenet/mnist: a cell has not been run");

/**
 * Makes the names of a notebook's later cells explain themselves: one that is
 * used before its cell has run throws an error that says which cell to run,
 * where the kernel would only say that it is not defined.
 *
 * The cell that declares a name takes the stand-in's place, as often as it is
 * run. Names that exist are left alone. Without the notebook's file or the
 * permission to read it, nothing happens.
 *
 * @param name The notebook's file in the folder `notebooks`, without its ending.
 * Cells are read from it as it was saved last.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * await explainSkippedCells("no_such_notebook");
 * assert.ok(!("trained" in globalThis));
 * ```
 */
export async function explainSkippedCells(name: string): Promise<void> {
  const sources = await readCells(projectPath(`notebooks/${name}.ipynb`));
  const seen = new Set<string>();
  sources.forEach((source, i) => {
    for (const declared of declaredNames(source)) {
      if (seen.has(declared)) continue;
      seen.add(declared);
      explain(
        declared,
        `cell [${i + 1}] first, which begins with \`${quoted(source)}\``,
      );
    }
  });
}

/** The code of the cells that Jupyter runs; none where it cannot be read. */
async function readCells(path: string): Promise<string[]> {
  const permission = await Deno.permissions.query({ name: "read", path });
  if (permission.state !== "granted") return [];
  try {
    const { cells } = JSON.parse(await Deno.readTextFile(path)) as {
      cells: { cell_type: string; source: string | string[] }[];
    };
    return cells.filter(({ cell_type }) => cell_type === "code")
      .map(({ source }) => [source].flat().join(""))
      .filter((source) => source.trim() !== "");
  } catch {
    return []; // a notebook explains nothing rather than not beginning
  }
}

/** Has the global name throw, until a cell declares or sets it. */
function explain(name: string, cell: string): void {
  if (probed.includes(name)) return;
  const former = Object.getOwnPropertyDescriptor(globalThis, name);
  const isOurs = former?.get !== undefined && standIn in former.get;
  if (!isOurs && name in globalThis) return;
  const get = () => {
    throw new ReferenceError(`Cannot use \`${name}\`: run ${cell}`);
  };
  const set = (value: unknown) => {
    Object.defineProperty(globalThis, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  };
  Object.defineProperty(globalThis, name, {
    get: Object.assign(get, { [standIn]: true }),
    set,
    configurable: true,
  });
}

/** The first line of code, shortened. */
function quoted(source: string): string {
  const lines = source.split("\n").map((line) => line.trim());
  const line =
    lines.find((line) => line !== "" && !/^(?:\/\/|\/?\*)/.test(line)) ??
      lines[0]!;
  return line.length > longestQuote ? `${line.slice(0, longestQuote)}…` : line;
}

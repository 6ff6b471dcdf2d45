import { declaredNames } from "../../../plots/cells/declared_names.ts";
import type { CodeCell } from "../notebook.ts";

/**
 * Finds where a cell adds to a list or counts up a variable of another cell: run
 * two times, it would do so twice.
 *
 * @returns What stands there, such as `history.push(`.
 */
export function changedValues(
  { source, number }: CodeCell,
  cells: readonly CodeCell[],
): string[] {
  const code = source.replace(/\/\*[^]*?\*\/|\/\/.*/g, "");
  const own = declaredNames(source);
  const foreign = new Set(
    cells.flatMap((cell) =>
      cell.number === number ? [] : declaredNames(cell.source)
    ).filter((name) => !own.includes(name)),
  );
  const changes =
    /(?<![\w$.])([\w$]+)(?:\.(?:push|pop|shift|unshift|splice)\(|(?:\[[^\]]*\]!?)*\s*(?:[-+*/]=|\+\+|--))/g;
  return [...code.matchAll(changes)].filter(([, name = ""]) =>
    foreign.has(name) && !isLocal(name, code)
  ).map(([found]) => found);
}

/** Whether a block or a function of the cell has the name for itself. */
function isLocal(name: string, code: string): boolean {
  const escaped = name.replaceAll("$", "\\$");
  return new RegExp(
    `\\b(?:const|let|var|function)\\s[^=;)]*(?<![\\w$])${escaped}(?![\\w$])|` +
      `\\([^()]*(?<![\\w$])${escaped}(?![\\w$])[^()]*\\)\\s*(?:=>|\\{|:)`,
  ).test(code);
}

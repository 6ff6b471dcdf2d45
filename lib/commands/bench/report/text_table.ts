import { tableText } from "../../../plots/tables/table.ts";

/**
 * Lays cells out in columns: words to the left, and what begins with a digit to
 * the right.
 *
 * @param rows The first is the heading.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const text = textTable([["engine", "ms"], ["ours", "7"], ["PyTorch", "12"]]);
 * assert.equal(text, "engine   ms\nours      7\nPyTorch  12");
 * ```
 */
export function textTable(
  [head = [], ...rows]: readonly (readonly string[])[],
): string {
  const numeric = head.map((_, i) =>
    rows.some((row) => /^\d/.test(row[i] ?? "")) &&
    rows.every((row) => /^(\d.*)?$/.test(row[i] ?? ""))
  );
  const cells = rows.map((row) => head.map((_, i) => row[i] ?? ""));
  return tableText({ caption: "", head: [...head], rows: cells, numeric });
}

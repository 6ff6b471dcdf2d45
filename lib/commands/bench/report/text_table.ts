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
export function textTable(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from(
    { length: columns },
    (_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)),
  );
  const isNumeric = widths.map((_, i) =>
    rows.slice(1).some((row) => /^\d/.test(row[i] ?? "")) &&
    rows.slice(1).every((row) => /^(\d.*)?$/.test(row[i] ?? ""))
  );
  return rows.map((row) =>
    row.map((cell, i) =>
      isNumeric[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)
    ).join("  ").trimEnd()
  ).join("\n");
}

import { escapeHtml } from "../encode/escape.ts";
import { round } from "../figures/numbers.ts";
import type { MimeBundle } from "../encode/mime_bundle.ts";

/** A table of finished texts. */
export interface TextTable {
  /** The line above it; none if empty. */
  caption: string;
  /** The names of the columns; none if empty. */
  head: string[];
  rows: string[][];
  /** Which columns are numbers and stand at their right. */
  numeric: boolean[];
}

const MOST_ROWS = 50;

/**
 * Makes the table of some objects: a row for each, a column for each key.
 *
 * Numbers are rounded to five significant digits; of more than 50 rows, the
 * first 50 are kept.
 */
export function objectTable(
  objects: readonly Readonly<Record<string, unknown>>[],
): TextTable {
  const head = [...new Set(objects.flatMap(Object.keys))];
  const shown = objects.slice(0, MOST_ROWS);
  const more = objects.length - shown.length;
  return {
    caption: more > 0 ? `the first ${MOST_ROWS} of ${objects.length} rows` : "",
    head,
    rows: shown.map((object) => head.map((key) => cell(object[key]))),
    numeric: head.map((key) =>
      objects.every((object) => typeof (object[key] ?? 0) === "number")
    ),
  };
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "number" && !Number.isInteger(value)) {
    return String(round(value, 5));
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** A table as HTML and as text. */
export function tableBundle(table: TextTable): MimeBundle {
  return { "text/html": toHtml(table), "text/plain": tableText(table) };
}

function toHtml({ caption, head, rows, numeric }: TextTable): string {
  const row = (cells: string[], tag: "td" | "th") =>
    `<tr>${
      cells.map((cell, i) => {
        const side = numeric[i] ? "right" : "left";
        return `<${tag} style="text-align: ${side}">${
          escapeHtml(cell)
        }</${tag}>`;
      }).join("")
    }</tr>`;
  return [
    caption && `<div>${escapeHtml(caption)}</div>`,
    "<table>",
    head.length > 0 ? `<thead>${row(head, "th")}</thead>` : "",
    `<tbody>${rows.map((cells) => row(cells, "td")).join("\n")}</tbody>`,
    "</table>",
  ].filter(Boolean).join("\n");
}

/** A table with its columns one below the other. */
export function tableText({ caption, head, rows, numeric }: TextTable): string {
  const lines = head.length > 0 ? [head, ...rows] : rows;
  const widths = numeric.map((_, i) =>
    Math.max(...lines.map((cells) => cells[i]!.length))
  );
  const aligned = lines.map((cells) =>
    cells.map((cell, i) =>
      numeric[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)
    ).join("  ").trimEnd()
  );
  return [...(caption ? [caption] : []), ...aligned].join("\n");
}

import type { Figure } from "../../plots/figures/figure.ts";
import type { TextTable } from "../../plots/tables/table.ts";
import type { EvaluationJson } from "./json.ts";

/** What one kind of measure has to say: plain data for terminal, page and file. */
export interface Section {
  title: string;
  /** One or two sentences: what is measured, and what a good value is. */
  about: string;
  /** The numbers that the summary shows. */
  headlines: Headline[];
  /** All numbers, as people read them. */
  tables: TextTable[];
  /** What must be known to read them rightly, and what was refused. */
  notes: string[];
  drawings: Drawing[];
  /** All numbers, as programs read them. */
  json: Partial<EvaluationJson>;
}

/** A row of the summary. */
export interface Headline {
  measure: string;
  value: string;
  /** Which values are good, in a few words. */
  good: string;
}

/** A figure and what to look for in it. */
export interface Drawing {
  figure: Figure;
  caption: string;
}

/** A table whose first column has names and all others numbers. */
export function numberTable(
  caption: string,
  head: string[],
  rows: string[][],
): TextTable {
  return { caption, head, rows, numeric: head.map((_, i) => i > 0) };
}

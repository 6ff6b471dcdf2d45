import type { Executed } from "../execute.ts";
import { failuresOf } from "../failures.ts";
import { codeCells } from "../notebook.ts";
import type { Variant } from "./variant.ts";

/**
 * Says what went wrong in a run without one cell. An error that says which cell
 * to run is right; so is a run to the end. Only the first cell, which has the
 * imports, cannot explain that it is missing.
 *
 * @param left The number of the cell that was left out.
 * @param seconds The time that the run had.
 */
export function skippedFailures(
  executed: Executed,
  left: number,
  seconds: number,
  nameOf: Variant["nameOf"],
): string[] {
  const failures = failuresOf(executed, seconds, nameOf);
  if (executed.end !== "raised") return failures;
  const { outputs = [] } = codeCells(executed.notebook)[executed.started - 1] ??
    {};
  const error = outputs.find((output) => output.output_type === "error");
  const says = error?.output_type === "error" ? error.evalue : "";
  const isExplained = left === 1
    ? / is not defined/.test(says)
    : says.includes(`run cell [${left}] first`);
  if (isExplained) return [];
  return failures.map((failure) =>
    `without cell [${left}], expected an error that says to run it, got ${failure}`
  );
}

import type { Executed } from "./execute.ts";
import { missingOutputs } from "./expected_outputs.ts";
import { type CellOutput, codeCells } from "./notebook.ts";

/**
 * Says what went wrong in a notebook's run: the cell with its source and what
 * it threw, or the outputs that are missing. Empty if all is well.
 *
 * @param seconds The time that the run had.
 * @param nameOf What a cell is called, by its number in the run.
 */
export function failuresOf(
  executed: Executed,
  seconds: number,
  nameOf: (number: number) => string = (number) => `cell [${number}]`,
): string[] {
  const cells = codeCells(executed.notebook);
  const quote = (number: number) => {
    const cell = cells[number - 1];
    return cell ? `${nameOf(number)}:\n\n${numbered(cell.source)}` : "no cell";
  };
  const { end, started, log } = executed;
  switch (end) {
    case "late":
      return [`did not end within ${seconds} s; was in ${quote(started)}`];
    case "died":
      return [`the kernel ended in ${quote(started)}\n\n${indented(log)}`];
    case "raised": {
      const thrown = cells[started - 1]?.outputs.find(isError);
      const trace = thrown?.traceback.join("\n") ?? "no error was reported";
      return [`an error in ${quote(started)}\n\n${indented(trace)}`];
    }
    case "finished":
      return missingOutputs(executed.notebook)
        .map(({ cell, message }) => `${message}, in ${quote(cell)}`);
  }
}

function isError(
  output: CellOutput,
): output is Extract<CellOutput, { output_type: "error" }> {
  return output.output_type === "error";
}

function numbered(source: string): string {
  return source.split("\n")
    .map((line, i) => `  ${String(i + 1).padStart(3)} | ${line}`.trimEnd())
    .join("\n");
}

function indented(text: string): string {
  return text.replace(/^/gm, "  ");
}

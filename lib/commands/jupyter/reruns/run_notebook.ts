import { CommandError } from "../../arguments/command.ts";
import type { Environment } from "../../python/environment.ts";
import {
  notebookFolder,
  projectFolder,
  temporaryFolder,
} from "../../system/project.ts";
import { cleanNotebook } from "../clean.ts";
import { commitOutputs } from "../commit.ts";
import { type Executed, executeNotebook } from "../execute.ts";
import { failuresOf } from "../failures.ts";
import {
  formatNotebook,
  type NotebookFile,
  parseNotebook,
} from "../notebook.ts";
import { changedOutputs } from "./changed_outputs.ts";
import { skippedFailures } from "./skipped_failures.ts";
import { cellCount, cellsTwice, type Variant, withoutCell } from "./variant.ts";

/** With what a notebook is run, and how. */
export interface NotebookRun {
  environment: Environment;
  /** Where there is one, the outputs are kept. */
  browser: string | undefined;
  seconds: number;
  preset: string;
  /** Whether each cell is run two times in a row. */
  twice: boolean;
  /** Whether outputs have to be those that are committed. */
  compare: boolean;
  /** The number of a cell that is left out. */
  skip: number | undefined;
}

/** Runs a notebook and says what went wrong in it. */
export async function runNotebook(
  path: string,
  run: NotebookRun,
): Promise<string[]> {
  try {
    const notebook = parseNotebook(await Deno.readTextFile(path), path);
    return await failuresIn(path, notebook, run);
  } catch (error) {
    if (error instanceof CommandError) return [error.message];
    throw error;
  }
}

async function failuresIn(
  path: string,
  notebook: NotebookFile,
  run: NotebookRun,
): Promise<string[]> {
  const { seconds, skip } = run;
  if (skip !== undefined && skip > cellCount(notebook)) {
    throw new CommandError(
      `Cannot leave cell [${skip}] out: expected one of ${
        cellCount(notebook)
      } cells`,
    );
  }
  if (skip !== undefined) {
    const variant = withoutCell(notebook, skip);
    const executed = await executeVariant(variant, run);
    return skippedFailures(executed, skip, seconds, variant.nameOf);
  }
  if (run.twice) {
    const variant = cellsTwice(notebook);
    const executed = await executeVariant(variant, run);
    return failuresOf(executed, seconds, variant.nameOf);
  }
  const executed = await executeNotebook(run.environment, path, execution(run));
  const failures = failuresOf(executed, seconds);
  if (failures.length > 0) return failures;
  if (run.compare) {
    const clean = cleanNotebook(notebook, executed.notebook, projectFolder);
    return changedOutputs(notebook, clean)
      .map(({ cell, message }) => `cell [${cell}]: ${message}`);
  }
  if (run.browser) {
    await commitOutputs(path, executed.notebook, run.browser, projectFolder);
  }
  return [];
}

const execution = ({ seconds, preset }: NotebookRun) => ({
  folder: notebookFolder,
  seconds,
  variables: { FACENET_PRESET: preset },
});

/** Runs a notebook that is in no file. */
async function executeVariant(
  { notebook }: Variant,
  run: NotebookRun,
): Promise<Executed> {
  const temporary = await temporaryFolder();
  try {
    const path = `${temporary}/variant.ipynb`;
    await Deno.writeTextFile(path, formatNotebook(notebook));
    return await executeNotebook(run.environment, path, execution(run));
  } finally {
    await Deno.remove(temporary, { recursive: true });
  }
}

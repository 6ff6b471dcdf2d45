import { CommandError, runCommand } from "./arguments/command.ts";
import type { Flags } from "./arguments/flags.ts";
import { findBrowser } from "./jupyter/browser.ts";
import { commitOutputs } from "./jupyter/commit.ts";
import { type Environment, prepareEnvironment } from "./python/environment.ts";
import { executeNotebook } from "./jupyter/execute.ts";
import { failuresOf } from "./jupyter/failures.ts";
import { writeKernelSpec } from "./python/kernelspec.ts";
import { selectNotebooks } from "./jupyter/select.ts";
import { checkOutputs } from "./arguments/paths.ts";
import {
  environmentFolder,
  notebookFolder,
  projectFolder,
} from "./system/project.ts";

const spec = {
  name: "deno task notebooks",
  description:
    "Runs the notebooks through the real Jupyter kernel. Fails when a cell throws or an\n" +
    "expected output is missing. Without --write no notebook is changed.",
  positionals: {
    name: "name…",
    description: "the notebooks, as 05 or 05_training (default all)",
  },
  options: {
    preset: {
      type: "choice",
      of: ["quick", "full"],
      default: "quick",
      description: "what the notebooks read as FACENET_PRESET",
    },
    write: {
      type: "boolean",
      description: "keep the outputs in the notebooks, with static pictures",
    },
    timeout: {
      type: "number",
      above: 0,
      default: 10,
      description: "minutes that a notebook may take",
    },
  },
} as const;

async function main(flags: Flags<typeof spec>): Promise<number> {
  const names = await selectNotebooks(notebookFolder, flags.positionals);
  const pathOf = (name: string) => `${notebookFolder}/${name}.ipynb`;
  // Checked and found before the long work, so that it is not in vain.
  if (flags.write) {
    await checkOutputs(
      [],
      names.map((name) => ({ name: "the notebook", path: pathOf(name) })),
    );
  }
  const browser = flags.write ? await findBrowser() : undefined;
  const environment = await prepareEnvironment(environmentFolder, console.log);
  await writeKernelSpec(environment);

  const failed: string[] = [];
  for (const name of names) {
    const begun = performance.now();
    const failures = await failuresIn(pathOf(name), {
      environment,
      browser,
      seconds: flags.timeout * 60,
      preset: flags.preset,
    });
    const took = ((performance.now() - begun) / 1000).toFixed(1);
    const word = failures.length > 0 ? "FAILED" : browser ? "written" : "ok";
    console.log(`${name.padEnd(28)} ${took.padStart(6)} s  ${word}`);
    for (const failure of failures) {
      console.error(`\nnotebooks/${name}.ipynb: ${failure}\n`);
    }
    if (failures.length > 0) failed.push(name);
  }
  console.log(
    `${names.length - failed.length} of ${names.length} notebooks ran well` +
      (failed.length > 0 ? `; failed: ${failed.join(", ")}` : ""),
  );
  return failed.length > 0 ? 1 : 0;
}

/** With what a notebook is run; where there is a browser, its outputs are kept. */
interface NotebookRun {
  environment: Environment;
  browser: string | undefined;
  seconds: number;
  preset: string;
}

/** Runs a notebook and says what went wrong in it. */
async function failuresIn(
  path: string,
  { environment, browser, seconds, preset }: NotebookRun,
): Promise<string[]> {
  try {
    const executed = await executeNotebook(environment, path, {
      folder: notebookFolder,
      seconds,
      variables: { FACENET_PRESET: preset },
    });
    const failures = failuresOf(executed, seconds);
    if (browser && failures.length === 0) {
      await commitOutputs(path, executed.notebook, browser, projectFolder);
    }
    return failures;
  } catch (error) {
    if (error instanceof CommandError) return [error.message];
    throw error;
  }
}

if (import.meta.main) await runCommand(spec, main);
